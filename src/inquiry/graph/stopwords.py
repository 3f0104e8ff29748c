"""English words that say nothing about what a text is about."""

from __future__ import annotations

STOPWORDS = frozenset(
    """
    a about above across after again against all almost alone along already also although always am among an and
    another any are around as at away back be became because been before behind being below between both but by came
    can cannot come could did do does doing done down during each either else enough etc even ever every few first for
    from further get give go goes going gone got had has have having he hence her here hers herself him himself his how
    however i if in indeed instead into is isn't it its itself just keep kind know last least less let like made make
    many may maybe me might more moreover most mostly much must my myself near nearly need neither never next no nobody
    none nor not nothing now of off often on once one only onto or other our ours out over own part per perhaps put
    quite rather really said same say see seem seen several shall she should since so some something sometime soon
    still such take than that the their them then there therefore these they thing this those though three through thu
    thus to together too toward two under unless until up upon us use used using usually various very via want was way
    we well went were what when where whether which while who whole whom whose why will with within without would yet
    you your
    aren't can't couldn't didn't doesn't don't hadn't hasn't haven't i'm i've it'll let's shouldn't wasn't we're we've
    weren't won't wouldn't you'll you're you've
    """.split()
)
"""Compared after stemming; so "things" is listed as "thing" and "this" as itself."""

"""English words that a slip makes of another word: where one stands, nobody can tell a slip from what was meant.

All pairs of words in a dictionary of 40,000 that differ by a doubled letter or by two letters exchanged, but for two
spellings of one word ("labelled", "theatre").
"""

from __future__ import annotations

REAL_WORDS = frozenset(
    """
    able acne acre acres act acts add addressees addresses adds alien aliens aline alines alter altitude altitudes
    amid amp amphitheaters amphitheatres ample amps angel angels angle angles any appal apt arced arcing arcked
    arcking arid arise arises arising arm arms arrest art arts awning awry bale baled baling balled balling bar
    bared barely baring barked barking barley barn barred barring bars bases basses beast beat beats beets belated
    belied belies bellied bellies bellow bellying below belying best beta bets bidding biding blankest blankets
    bleated bled bleed blot blots boast boats bolt bolts boost booth boots both braked braking bran bred breed brunt
    bugle bugled bugles bugling bulge bulged bulges bulging burnt bust busy buts butts buys calm calms cane caned
    caning canned canning cannon cannons canon canons caped capped care cares carp carted carting carton cartons
    cartoon cartoons carve carved carves carving casino casinos cassino cassinos cast casual cat cats causal chafed
    chaffed chaffing chafing chili chilli choose chose clam clams claps clasp clod clods closest closets clot clots
    coast coats codded codding coded coding coked coking cold colds colt colts coma comas comma commandeer
    commandeers commander commanders commas compiled compiles complaint compliant complied complies concerted
    concerting concreted concreting cooked cooking cooped cooping coops coped coping copped copping cops coral
    corals corny corps corral corrals cost cots crated crating crave craved craves craving creep creeps crepe crepes
    crony crops crust cures curse curst cuter cutter dad dads dairies dairy desert deserts dessert desserts devotees
    devotes diaries diary dimer dimmer dined diner diners dining dinned dinner dinners dinning direr direst discreet
    discrete discuses discusses doe does doled doling dolled dolling domed doming doomed dooming door doors dose
    doted doting dotted dotting drier driest droop droops drop drops dully duly ear ears east eats employees
    employes era eras ever evil evils ewe ewes exist exits farmed farming fast fats feast feats feds feeds fezes
    fezzes fibber fibbers fiber fibers field fiend filed files filet filing filled fillet filling fined fired fires
    fist fits flied flies foggy fogy for form forth framed framing fried fries fro from froth furry fury fused fuses
    fusing fussed fusses fussing fuzed fuzes fuzing fuzzed fuzzes fuzzing gaged gagged gagging gaging galls gals
    gaps garb garbs garter garters gases gasp gasses gilded gilding glided gliding gnu gnus gods goods gore gores
    grab grabs grater graters griped griping gripped gripping groove grooves grove groves gun guns gust guts hated
    hating hatted hatting hoes holly holy hooped hooping hoops hoped hoping hopped hopping hops hose inbred inbreed
    incest inches jest jets just juts lair lairs later latitude latitudes latter lest lets liar liars lion lions
    lips lisp liter liters litter litters loin loins looped looping loops loose looser looses loosing loots loped
    loping lopped lopping lops lose loser loses losing losses lost lots maid mantel mantelpiece mantelpieces mantels
    mantle mantlepiece mantlepieces mantles map maple maps marital martial mast mate mated mates mating mats matte
    matted mattes matting matts meet meeting meets mete metes meting mien miens mine mines minuet minuets minute
    minutes moped moping mopped mopping mouse moused mouses mousing mousse moussed mousses moussing mused muses
    musing mussed musses mussing muter mutter nay nest nets nicest niches noes noose nooses nose noses nuclear nuder
    ode odes odor odors ogre ogres ones opt option options opts ore ores oust outs overate overdoes overdose
    overrate overshoot overshot owe owes own paled paling palled palling palls pals papal pared pares paring parred
    parring parse past pat pats peeps peps perfect pest pets piled piles piling pilled pilling pined pining pinned
    pinning planed planing planned planning plied plies pluses plusses poises poled poling polled polling polo pool
    pooled pooling poops pops posies post pot potion potions pots prefect premises premisses pride pried primer
    primmer pulses pus puts putts quiet quite raced racing racked racking raged ragged ragging raging raid raise
    raises raising ram rams raps rarest rasp rat rated rating rats ratted ratting reds reeds refugees refuges
    retires retries reveres reverse ridding riding robbed robbing robed robing roe roes rogue rogues roost rooster
    roosters roots rose roster rosters rots rouge rouges rudder rude ruder rued rues run runs ruse rust ruts sabers
    sabres sacred salon salons saloon saloons salt salted salting salts salve salved salves salving sang sap saps
    satin sawn scared scaring scarred scarring scooped scooping scoped scoping sear sera shamed shaming shammed
    shamming shined shining shinned shinning shoed shooed shoot shoots shot shots sign signed signer signing signs
    silly silt silts silver silvered silvering silvers sing singed singer singing sings siting sitting slat slated
    slating slats slave slaved slaves slaving slily slit slits sliver slivered slivering slivers sloped sloping
    slopped slopping smoother smother snag sniped sniping snipped snipping snug soil soldier soli solider solitaires
    solitaries spa spared spares sparing sparred sparring sparse spas sped speed spilt spited spiting spitted
    spitting split stain staled stalled star stared staring starred starring stars steep steeps step steps stoop
    stoops stop stops striped striping stripped stripping sue sued sues suing sung super supers supper suppers swan
    taped taping tapped tapping taxiing taxing teens tens theaters theatres there thickest thickets three tide tied
    tiers tilde tiled tiling tilled tilling tilted tilting tinier tiniest tinnier tinniest tinny tiny tired tires
    titled titling tone tones tonne tonnes tooted tooting toots tost toted toting tots totted totting tow tows trail
    trailed trailing trails treaties treatise trial trialed trialing trials tried tries tsar tsars twined twining
    twinned twinning two twos unclear under unite united unites untie untied unties ups urn urns use used uses using
    vast vats veer veil veils vest vets vies vise wadded wadding waded wading waged wagged wagging waging waist
    waits waiver waning warp warps wary wavier weds wee weeds wees weest west wets wining winning wist wits wizes
    wizzes woe woes won wrap wraps wrist writs
    """.split()
)
"""Words of which each is one such slip away from another."""

/* A line at random: whoever comes to the list of lines by `#random` goes on to one of them.  Without scripts the
   fragment names the list, which is there to choose from. */
(() => {
  const wanted = () => location.hash === "#random";
  const go = () => {
    const links = document.querySelectorAll("#random .row__title a");
    if (wanted() && links.length) location.replace(links[Math.floor(Math.random() * links.length)].href);
  };
  if (!window.inquiryRandom) {
    window.inquiryRandom = true;
    addEventListener("hashchange", go);
    addEventListener("click", (event) => {
      const link = event.target.closest?.('a[href$="#random"]');
      if (link && wanted() && link.pathname === location.pathname) go(); // the fragment is there already
    });
  }
  go();
})();

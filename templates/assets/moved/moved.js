/* Whoever comes to a page that has moved goes on to the same place of the new one. Without scripts the page's own
   redirect leads to its top. */
location.replace(document.currentScript.dataset.to + location.search + location.hash);

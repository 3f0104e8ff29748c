/* Material's instant navigation takes every link for one of HTML: it writes `link.href` anew and reads it as a text.
   Links of a picture know neither, and one of them would stop every later page from coming in. */
(() => {
  const { get } = Object.getOwnPropertyDescriptor(SVGAElement.prototype, "href");
  Object.defineProperty(SVGAElement.prototype, "href", {
    get,
    set() {
      this.setAttribute("href", new URL(this.getAttribute("href"), this.baseURI));
    },
  });
  SVGAnimatedString.prototype.toString = function () {
    return new URL(this.baseVal, document.baseURI).href;
  };
})();

// @ts-check

/**
 * A map that can be moved in the place of the server's picture: at once on a desk, on a phone when asked, because it weighs more than the page.
 * @param {HTMLElement} figure
 */
export function offerMap(figure) {
  const open = async () => {
    const style = document.createElement("link");
    style.rel = "stylesheet";
    style.href = figure.dataset.mapStyle ?? "";
    const isStyled = new Promise((done) => { style.onload = style.onerror = done; });
    document.head.append(style);
    const [drawing] = await Promise.all([import(figure.dataset.mapScript ?? ""), isStyled]);
    drawing.draw(figure);
  };
  if (matchMedia("(min-width: 48em)").matches) { open(); return; }
  const button = document.createElement("button");
  button.type = "button";
  button.className = "govuk-button govuk-button--secondary";
  button.textContent = "Perbesar dan geser peta";
  button.addEventListener("click", () => { button.remove(); open(); });
  figure.querySelector(".pulih-map__picture")?.after(button);
}

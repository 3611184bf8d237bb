// @ts-check
/**
 * The phone reads the page aloud, sentence after sentence, with an Indonesian voice if it has one.
 * A phone without speech, or with other voices alone, never shows the button.
 * @param {HTMLButtonElement} button
 */
export function offerVoice(button) {
  const speech = window.speechSynthesis;
  if (!speech || !window.SpeechSynthesisUtterance) return;
  const word = button.querySelector("span");
  /** @returns {SpeechSynthesisVoice | undefined} */
  const voice = () => speech.getVoices().find((one) => /^(id|in)\b/i.test(one.lang.replace("_", "-")));
  const show = () => {
    button.hidden = !voice();
  };
  /** @param {boolean} isReading */
  const tell = (isReading) => {
    if (word) word.textContent = isReading ? "Berhenti" : "Bacakan";
    button.setAttribute("aria-pressed", String(isReading));
  };
  let isReading = false;
  button.addEventListener("click", () => {
    speech.cancel();
    isReading = !isReading;
    tell(isReading);
    if (!isReading) return;
    const sentences = sentencesOf(document.querySelector("main"));
    sentences.forEach((sentence, place) => {
      const said = new SpeechSynthesisUtterance(sentence);
      said.lang = "id-ID";
      said.voice = voice() ?? null;
      said.rate = 0.9;
      if (place === sentences.length - 1) said.onend = () => tell((isReading = false));
      speech.speak(said);
    });
  });
  speech.addEventListener?.("voiceschanged", show);
  addEventListener("pagehide", () => speech.cancel());
  show();
}

/** What is written in headings, paragraphs and lists, without buttons and fields.
 * @param {Element | null} place */
export function sentencesOf(place) {
  const parts = [...(place?.querySelectorAll("h1,h2,h3,p,li,dt,dd") ?? [])]
    .filter((part) => !part.querySelector("p,li,h2,h3,dd"))
    .map((part) => (/** @type {HTMLElement} */ (part).innerText ?? "").trim());
  return parts.flatMap((text) => text.split(/(?<=[.!?])\s+|\n+/)).filter(Boolean);
}

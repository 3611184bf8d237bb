// @ts-check
/**
 * What screens that are fetched later take from the app that runs already: the build leaves these
 * out of their file, so that there is one copy of each and of what it remembers.
 */
export { fill, keepDraft, onSave, valuesOf } from "./forms.js";
export { dayHere } from "./outbox.js";
export { photosIn } from "./views/photo_box.js";
export { draw, onClick, part, piece, say } from "./views/pieces.js";
export { backTo, cardOrSay, goSaying, itemOrSay, savedWords, sayDone, tilesIn, untilToday } from "./views/screens.js";
export { day } from "./words.js";

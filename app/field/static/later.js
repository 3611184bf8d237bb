// @ts-check
/** Screens that the day doesn't begin with: one file of their own, fetched once the app runs. */
export { view as book } from "./views/book.js";
export { view as diary } from "./views/book_month.js";
export { count, entry } from "./views/book_line.js";
export { view as certificate } from "./views/certificate.js";
export { view as channel } from "./views/channel.js";
export { instalment, mend, saving } from "./views/collect.js";
export { view as label } from "./views/label.js";
export { view as ownerPin } from "./views/owner_pin.js";

// The rules of html-validate: all that it recommends, all for accessibility, and what makes a page whole.
// Every exception has its reason.
export const rules = {
  root: true,
  extends: ["html-validate:recommended", "html-validate:a11y", "html-validate:document"],
  rules: {
    "doctype-style": ["error", { style: "lowercase" }], // as the rest of the page
    "no-inline-style": ["error", { allowedProperties: ["width", "--mark", "--columns"] }], // what only a text can tell
    "no-redundant-role": "off", // the style makes blocks of cells on narrow screens, and browsers then forget their roles
    "long-title": "off", // the label of a student may be long; nothing is cut
    "no-trailing-whitespace": "error",
  },
};

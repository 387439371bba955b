// Few rules, each for something that went wrong once or that the policy of the pages forbids.
import js from "@eslint/js";
import globals from "globals";

export default [
  { ignores: ["node_modules/", "static/dist/", ".venv/", "build/", "dist/"] },
  js.configs.recommended,
  {
    files: ["static/js/**/*.js"],
    languageOptions: { globals: globals.browser },
    rules: {
      "no-restricted-properties": [
        "error",
        {
          object: "crypto",
          property: "randomUUID",
          message: "It does not exist over plain http: newClave() of page/clave.js does.",
        },
      ],
      "no-restricted-syntax": [
        "error",
        {
          selector: "MemberExpression[property.name=/^(innerHTML|outerHTML|insertAdjacentHTML)$/]",
          message: "Trusted Types refuse a string as markup: clone a <template>.",
        },
      ],
    },
  },
  { files: ["static/js/sw.js"], languageOptions: { globals: globals.serviceworker } },
  {
    files: ["tests/js/**/*.js", "static/build.mjs", "eslint.config.js"],
    languageOptions: { globals: globals.node },
  },
  {
    rules: {
      eqeqeq: ["error", "always", { null: "ignore" }],
      "no-var": "error",
      "no-unused-vars": ["error", { argsIgnorePattern: "^_", ignoreRestSiblings: true }],
      "prefer-const": "error",
      "no-shadow": "error",
      "no-nested-ternary": "error",
      "max-len": ["error", { code: 120, comments: 140 }],
    },
  },
];

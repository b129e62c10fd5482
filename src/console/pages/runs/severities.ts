import type { Severity } from "../../../model/issue.ts";

/** Severities of issues, the most weighty first: what they are called, and what they mean. */
export const severities: readonly { readonly severity: Severity; readonly title: string; readonly explained: string }[] = [
  { severity: "error", title: "Rejets", explained: "L’enregistrement n’a pas pu être gardé." },
  {
    severity: "warning",
    title: "À regarder",
    explained: "L’aide est gardée ; ce qui n’a pas pu être lu est laissé vide, ou mérite un coup d’œil.",
  },
  { severity: "info", title: "Pour information", explained: "L’aide est gardée, et rien n’est à faire." },
];

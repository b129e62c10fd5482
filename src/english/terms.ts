import type { Evidence } from "../registry/terms/suggest-terms.ts";

/** Explains why a term of ours is suggested. */
export function evidenceMessage(evidence: Evidence): string {
  switch (evidence.code) {
    case "same-words":
      return `the same words at ${evidence.connectors.join(", ")}`;
    case "synonym":
      return `"${evidence.word}" is said for it`;
    case "label":
      return `${evidence.shared.join(", ")} in "${evidence.label}"`;
    case "like-another":
      return `like "${evidence.term}" at ${evidence.connector}`;
    case "aids-speak-of-it":
      return `${percent(evidence.share)} of ${evidence.aids} aids with it speak of it, ${percent(evidence.usual)} of others`;
  }
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

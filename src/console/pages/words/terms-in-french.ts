import { counted, french } from "../../../french/typography.ts";
import type { Evidence } from "../../../registry/terms/suggest-terms.ts";

const connectorsNamed = 3;

/** Why one of our terms may be meant, without capital or full stop. */
export function termEvidenceInFrench(evidence: Evidence): string {
  switch (evidence.code) {
    case "same-words":
      return french`décidé ainsi pour le même mot : ${named(evidence.connectors)}`;
    case "synonym":
      return french`« ${evidence.word} » se dit pour ce terme`;
    case "label":
      return french`« ${evidence.label} » a des mots en commun : ${evidence.shared.join(", ")}`;
    case "like-another":
      return french`ressemble à « ${evidence.term} », décidé ainsi pour ${nameOf(evidence.connector)}`;
    case "aids-speak-of-it":
      return french`${percent(evidence.share)} % des ${counted(evidence.aids, "aide")} qui ont ce mot en parlent, ${percent(evidence.usual)} % des autres`;
  }
}

function named(connectors: readonly string[]): string {
  const more = connectors.length - connectorsNamed;
  const first = connectors.slice(0, connectorsNamed).map(nameOf).join(", ");
  return more > 0 ? `${first} et ${counted(more, "autre")}` : first;
}

/** The folder of term files that all connectors share has no connector's name. */
function nameOf(connector: string): string {
  return connector === "shared" ? "tous les connecteurs" : connector;
}

function percent(share: number): number {
  return Math.round(share * 100);
}

import type { SourceField, SourceReason } from "../model/aid/source-value.ts";
import { french } from "./typography.ts";

/** Returns why a value is proposed for all aids of a source, without capital and full stop. */
export function sourceReasonMessage(field: SourceField, reason: SourceReason): string {
  switch (reason.kind) {
    case "texts": {
      const share = french`${reason.agreeing} des ${reason.of} aides qui en parlent le disent`;
      return reason.example === "" ? share : french`${share}, par exemple « ${reason.example} »`;
    }
    case "usual":
      return field === "aidTypes"
        ? "les aides d’un producteur de cette nature sont le plus souvent des subventions"
        : "c’est le cas de la plupart des subventions";
    case "unclear":
      return field === "destinations"
        ? "ce ne sont pas surtout des subventions : elles peuvent payer du fonctionnement comme de l’investissement"
        : "les textes ne disent pas nettement à quelles étapes ces aides servent, donc toutes : une recherche par étape les trouve";
    case "publisher":
      return field === "perimeters" ? "c’est le territoire du producteur" : "c’est le producteur de ce fichier";
    case "website":
      return reason.from === "publisher" ? "c’est le site du producteur" : "les liens des aides mènent tous à ce site";
    case "no-deadline":
      return "aucune aide n’a de date de clôture";
  }
}

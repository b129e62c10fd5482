import type { AidField } from "../model/aid/aid.ts";
import { holdsHtml } from "../model/aid/field-table.ts";
import type { ChangeShape, Passage } from "../model/compare/change-shape.ts";
import { frenchDay } from "./dates.ts";
import { fieldName } from "./fields.ts";
import { capitalize, counted, french, isPlural } from "./typography.ts";
import { frenchMember, frenchValue } from "./values.ts";

const maxLength = 60;
const maxMembers = 3;

/** Returns what a change does to a field, in a few words: « Date de clôture : report au 15 mars 2027 ». */
export function changeTitle(field: AidField, shape: ChangeShape): string {
  return french`${capitalize(fieldName(field))} : ${effectOf(field, shape)}`;
}

function effectOf(field: AidField, shape: ChangeShape): string {
  switch (shape.kind) {
    case "filled":
      return holdsHtml(field) ? "texte ajouté" : french`${shortValue(field, shape.value)}, là où rien n'était dit`;
    case "emptied":
      return "valeur retirée";
    case "layout":
      return "présentation seule";
    case "members":
      return membersEffect(field, shape.removed, shape.added);
    case "passages":
      return passagesEffect(field, shape.passages);
    case "shifted":
      return shiftEffect(shape.by, shape.unit);
    case "moved":
      return shape.isLater ? french`report au ${frenchDay(shape.to)}` : french`avance au ${frenchDay(shape.to)}`;
    case "replaced":
      return holdsHtml(field) ? "texte réécrit" : french`« ${shortValue(field, shape.from)} » devient « ${shortValue(field, shape.to)} »`;
  }
}

function membersEffect(field: AidField, removed: readonly string[], added: readonly string[]): string {
  const named = (members: readonly string[]) => {
    const names = members.slice(0, maxMembers).map((member) => frenchMember(field, JSON.parse(member)));
    const more = members.length - names.length;
    return `${names.join(", ")}${more > 0 ? french` et ${counted(more, "autre")}` : ""}`;
  };
  return [
    ...(added.length > 0 ? [french`ajout de ${named(added)}`] : []),
    ...(removed.length > 0 ? [french`retrait de ${named(removed)}`] : []),
  ].join(", ");
}

function passagesEffect(field: AidField, passages: readonly Passage[]): string {
  const [only, ...others] = passages;
  if (only === undefined || others.length > 0) return counted(passages.length, "passage changé", "passages changés");
  if (only.removed.length === 0) return "passage ajouté";
  if (only.added.length === 0) return "passage retiré";
  if (holdsHtml(field)) return "passage remplacé";
  return french`« ${shortened(only.removed.join(" "))} » devient « ${shortened(only.added.join(" "))} »`;
}

function shiftEffect(by: number, unit: "year" | "day"): string {
  const count = Math.abs(by);
  const length = isPlural(count) ? french`de ${count} ${unit === "year" ? "ans" : "jours"}` : unit === "year" ? "d’un an" : "d’un jour";
  return `${by > 0 ? "report" : "avance"} ${length}`;
}

function shortValue(field: AidField, value: unknown): string {
  return shortened(frenchValue(field, value));
}

function shortened(text: string): string {
  return text.length <= maxLength ? text : `${text.slice(0, maxLength).trimEnd()}…`;
}

import { refOf } from "../kit/rules/perimeters.ts";
import type { Perimeter } from "../model/territories/perimeter.ts";
import { counted, french } from "./typography.ts";
import { frenchMember, scaleNames } from "./values.ts";

/**
 * Returns what a new edition of the official lists changes about a territory, with its aids and publishers, in one sentence without capital
 * or full stop. `params`: those of the remark `territory-changed`.
 */
export function territoryChangeMessage(params: Readonly<Record<string, unknown>>): string {
  const { aids, publishers } = params;
  const names = Array.isArray(publishers) ? publishers.map(String) : [];
  return [
    changeOf(params),
    ...(Number(aids) > 0 ? [counted(Number(aids), "aide")] : []),
    ...(names.length > 0 ? [french`producteur : ${names.join(", ")}`] : []),
  ].join(french` ; `);
}

/** Returns the scale and the code of the territory of a remark `territory-changed`: `commune 26011`. */
export function territoryMessage(params: Readonly<Record<string, unknown>>): string {
  const ref = refOf(String(params.with));
  return ref === undefined ? String(params.with) : `${scaleNames[ref.scale]} ${ref.code}`;
}

function changeOf({ kind, name, by, joined, left }: Readonly<Record<string, unknown>>): string {
  const [first, ...others] = (Array.isArray(by) ? (by as Perimeter[]) : []).map((one) => frenchMember("perimeters", one));
  const was = String(name);
  const all = [first, ...others].join(", ");
  switch (kind) {
    case "renamed":
      return french`« ${was} » s’appelle désormais ${all}`;
    case "replaced":
      return french`« ${was} » est remplacé par ${all}`;
    case "divided":
      return french`« ${was} » est partagé entre ${all} ; à vérifier avant d’appliquer`;
    case "reduced":
      return french`« ${was} » ne comprend plus ${others.join(", ")}`;
    case "moved":
      return french`« ${was} » : ${counted(Number(joined), "commune")} en plus, ${counted(Number(left), "commune")} en moins`;
    default:
      return french`« ${was} » n’existe plus, et nous ne connaissons pas ce qui le remplace`;
  }
}

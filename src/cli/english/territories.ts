import type { Perimeter } from "../../model/territories/perimeter.ts";

/** Describes what a new edition of the official lists changes about a territory, with its aids and publishers. */
export function territoryChangeMessage(params: Readonly<Record<string, unknown>>): string {
  const { aids, publishers } = params;
  const names = Array.isArray(publishers) ? publishers.map(String) : [];
  const count = Number(aids);
  return [
    changeOf(params),
    ...(count > 0 ? [`${count} ${count === 1 ? "aid" : "aids"}`] : []),
    ...(names.length > 0 ? [`publisher: ${names.join(", ")}`] : []),
  ].join("; ");
}

function changeOf({ kind, name, by, joined, left }: Readonly<Record<string, unknown>>): string {
  const [first, ...others] = (Array.isArray(by) ? (by as Perimeter[]) : []).map((one) => `${one.name} (${one.scale}:${one.code})`);
  const all = [first, ...others].join(", ");
  switch (kind) {
    case "renamed":
      return `${name} is now called ${all}`;
    case "replaced":
      return `${name} is replaced by ${all}`;
    case "divided":
      return `${name} is divided between ${all}; check this before you apply the plan`;
    case "reduced":
      return `${name} no longer contains ${others.join(", ")}`;
    case "moved":
      return `${name} gains ${joined} and loses ${left} communes`;
    default:
      return `${name} no longer exists, and its successor is unknown`;
  }
}

import { findPerimeter } from "./find-perimeter.ts";
import { departmentsOf, isOverseas } from "./is-within.ts";
import type { PerimeterRef } from "./perimeter.ts";

/**
 * Returns true if two territories certainly have no place in common: no department contains parts of both, or one is mainland and the other
 * overseas. Returns false if a territory is unknown, or is a mainland water basin, because its communes are not known.
 */
export function areApart(a: PerimeterRef, b: PerimeterRef): boolean {
  if (a.scale === b.scale && a.code === b.code) return false;
  const [one, other] = [findPerimeter(a)?.perimeter, findPerimeter(b)?.perimeter];
  if (one === undefined || other === undefined) return false;
  const [oversea, otherOversea] = [isOverseas(one), isOverseas(other)];
  if (oversea !== null && otherOversea !== null && oversea !== otherOversea) return true;
  const departments = new Set(departmentsOf(one));
  const others = departmentsOf(other);
  return departments.size > 0 && others.length > 0 && !others.some((department) => departments.has(department));
}

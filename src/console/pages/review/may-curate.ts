import { mayAs } from "../../../model/publisher/role.ts";
import type { Visit } from "../../visit.ts";

/** True for who may publish, reject and correct; others look. */
export function mayCurate({ visitor }: Visit): boolean {
  return visitor !== null && visitor.role !== null && mayAs(visitor.role, "bizdev");
}

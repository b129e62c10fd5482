import type { FieldPolicy } from "../../../model/aid/field-policy.ts";

const owners: Readonly<Record<FieldPolicy, string>> = {
  publisher: "suit le producteur",
  review: "les changements du producteur sont relus",
  curator: "les changements du producteur ne sont pas repris",
  fill: "le producteur ne remplit que s’il est vide",
};

/** Who owns a field of a published aid: what happens when its publisher changes it, without capital or full stop. */
export function ownerMessage(policy: FieldPolicy): string {
  return owners[policy];
}

import type { PublishableShare } from "../../survey/sample/publishable-share.ts";
import { sourceReason } from "../english/source-values.ts";

/** Returns the share and the proposed values as lines. */
export function shareLines({ publishable, valid, unsaid, withUnsaid }: PublishableShare): string[] {
  const proposed = unsaid.map(({ field, lacking, values, reason }) => {
    const value = reason === null ? "no proposal" : `${values.join(", ")} (${sourceReason(reason)})`;
    return `  ${field.padEnd(24)} ${String(lacking).padStart(5)} aids without it: ${value}`;
  });
  return [
    `publishable: ${publishable} of ${valid} aids${withUnsaid > publishable ? `; ${withUnsaid} of ${valid} with one value for all aids:` : ""}`,
    ...proposed,
  ];
}

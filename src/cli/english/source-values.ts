import type { SourceReason } from "../../model/aid/source-value.ts";

/** Returns why a value is proposed for all aids of a source. */
export function sourceReason(reason: SourceReason): string {
  switch (reason.kind) {
    case "texts":
      return `${reason.agreeing} of the ${reason.of} aids that mention it`;
    case "usual":
      return "usual";
    case "publisher":
      return "the publisher";
    case "website":
      return reason.from === "publisher" ? "the publisher's website" : "the site of the links";
    case "no-deadline":
      return "no aid has a deadline";
  }
}

import { french } from "./typography.ts";

/** Returns why a connector is paused after its aids have moved to another one. */
export function retiredReason(to: string): string {
  return french`Ses aides viennent désormais du connecteur ${to}.`;
}

/** Returns why the new connector is paused after a move was undone. */
export function returnedReason(from: string): string {
  return french`Ses aides sont revenues au connecteur ${from} : le passage a été défait.`;
}

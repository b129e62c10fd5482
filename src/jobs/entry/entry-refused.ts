/**
 * Why an aid cannot be entered. `no-territory`: the territory of the publisher is unknown, so it cannot get a connector. `other-layout`: the
 * form cannot write the publisher's file. `gone`: the row to correct is no longer in the file. `busy`: others save at the same time.
 * `forgotten-person`: the file would name a person who asked to be forgotten.
 */
export type EntryRefusal = "no-territory" | "other-layout" | "gone" | "busy" | "forgotten-person";

/** Expected failure of reading or saving an entered aid. */
export class EntryRefused extends Error {
  constructor(readonly code: EntryRefusal) {
    super(`the aid cannot be entered: ${code}`);
    this.name = "EntryRefused";
  }
}

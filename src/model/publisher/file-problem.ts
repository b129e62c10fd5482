/**
 * Why a worker does not read what a publisher sent. `known`: the publisher's file contains the same aid. `taken-identifier`: the file contains
 * another aid with this identifier. `no-access`: the access of the author was revoked meanwhile. `not-readable`: the publisher's connector
 * has changed, and no longer reads an answer. `failed`: an unexpected error ended every try; ops can resume it.
 */
export type FileProblem =
  | "forgotten-person"
  | "no-connector"
  | "no-access"
  | "no-territory"
  | "other-layout"
  | "known"
  | "taken-identifier"
  | "not-readable"
  | "failed";

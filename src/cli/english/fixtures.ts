import type { FixtureProblem } from "../../survey/write/check-fixtures.ts";
import { runErrorMessage } from "./runs.ts";

/** Describes a problem of a connector's fixtures, and what to do. */
export function fixtureProblemMessage(problem: FixtureProblem, connector: string): string {
  switch (problem.code) {
    case "no-fixture":
      return `no fixture: put a small feed into fixtures/${connector}/`;
    case "no-feed":
      return `${problem.file} has no feed of the same name`;
    case "no-expected-result":
      return `${problem.file} is missing; npm run golden:update writes it`;
    case "unread-fields":
      return `${problem.file}: fields that are neither read nor ignored: ${problem.fields.join(", ")}`;
    case "other-result":
      return `${problem.file} does not give the result in ${problem.expected}; if you intended this change, run npm run golden:update ${connector} and read the difference`;
    case "unreadable":
      return `${problem.file}: ${runErrorMessage(problem.error, problem.params)}`;
  }
}

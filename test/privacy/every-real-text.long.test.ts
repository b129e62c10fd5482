import { expect, it } from "vitest";
import { canHoldPerson } from "../../src/privacy/can-hold-person.ts";
import { readableView } from "../../src/privacy/readable-view.ts";
import { recogniseIn } from "../../src/privacy/recognise-people.ts";
import { realTexts } from "../support/real-texts.ts";
import { hasSharedData, whySkipped } from "../support/shared-data.ts";

it.skipIf(!hasSharedData)(`the quick check for people misses nobody in all real texts${whySkipped}`, async () => {
  const missed: string[] = [];
  for await (const { file, text } of realTexts()) {
    const view = readableView(text);
    if (!canHoldPerson(view) && recogniseIn(view).length > 0) missed.push(`${file}: ${text.slice(0, 200)}`);
  }
  expect(missed).toEqual([]);
});

import { expect, it } from "vitest";
import { foldWord } from "../../src/privacy/fold-name.ts";
import * as vocabulary from "../../src/privacy/name-vocabulary.ts";

it.each(Object.entries(vocabulary))("%s is a list of folded words", (_, words) => {
  expect(words.size).toBeGreaterThan(0);
  for (const word of words) expect(word).toBe(foldWord(word).trim());
});

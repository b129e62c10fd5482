import type { Child } from "hono/jsx";
import { guardLimitsMessage } from "../../../french/guards.ts";
import { conditionMessage, keptRecordsMessage } from "../../../french/rules.ts";
import { counted, french, sentence } from "../../../french/typography.ts";
import type { Connector } from "../../../kit/definition.ts";
import { Facts } from "../../parts/facts.tsx";
import { readingInWords } from "../drafts/reading-in-words.ts";

const ignoredShown = 30;

/** The format of a feed, and which of its records and fields are used. */
export function DefinitionReading({ definition }: { readonly definition: Connector }): Child {
  const { decode, keepWhen, outOfScope = [], ignored, placeholders } = definition;
  const guards = guardLimitsMessage(definition);
  const facts = [
    { name: "Écriture", value: decode.format === "html" ? "Pages HTML." : sentence(readingInWords(decode)) },
    { name: "Comptent", value: sentence(keptRecordsMessage(keepWhen)) },
    ...outOfScope.map(({ when, reason }) => ({ name: "Hors champ", value: french`Si ${conditionMessage(when)} : ${reason}` })),
    ...(placeholders.length > 0
      ? [{ name: "Veulent dire « rien »", value: placeholders.map((text) => french`« ${text} »`).join(", ") }]
      : []),
    ...(ignored.length > 0
      ? [
          {
            name: "Champs laissés de côté",
            value: `${counted(ignored.length, "champ")} : ${ignored.slice(0, ignoredShown).join(", ")}${ignored.length > ignoredShown ? "…" : ""}`,
          },
        ]
      : []),
    ...(guards === "" ? [] : [{ name: "Garde-fous", value: sentence(guards) }]),
  ];
  return <Facts facts={facts} />;
}

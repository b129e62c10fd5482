import type { Connector } from "../kit/definition.ts";
import type { AidField } from "../model/aid/aid.ts";
import type { GuardCode, GuardFinding, HoldingGuard } from "../model/plan/guard.ts";
import { frenchDay } from "./dates.ts";
import { fieldName, fieldNameOrKey } from "./fields.ts";
import { rejectionMessage } from "./issues.ts";
import { placeMessage } from "./places.ts";
import { counted, french, isPlural } from "./typography.ts";

type Params = NonNullable<GuardFinding["params"]>;

const sentences: Readonly<Record<GuardCode, (finding: GuardFinding, params: Params) => string>> = {
  "path-missing": (_, p) => pathMissing(p),
  "rare-path-missing": (_, p) => pathMissing(p),
  "field-held": ({ field }, { by, day, note }) => {
    const since = day === undefined ? "" : french` depuis le ${frenchDay(String(day))}`;
    const who = by === undefined ? "" : french`, à la demande de ${by}`;
    return french`le champ « ${field === undefined ? "" : fieldName(field)} » garde ses dernières valeurs${since}${who}${note === undefined ? "" : french` (${note})`}`;
  },
  "values-moved": (g, p) =>
    french`${aidsOf(g, p)} ${have(g)} désormais, comme ${namedFields(p)}, ce que contenait un autre champ${shareThatHolds(g, p)}`,
  "titles-changed": (g, p) => french`${aidsOf(g, p)} ${have(g)} un titre sans aucun mot de l'ancien${shareThatHolds(g, p)}`,
  "texts-shrunk": (g, p) =>
    french`${aidsOf(g, p)} ${isPlural(g.found) ? "perdent" : "perd"} plus de la moitié de leur texte (${namedFields(p)})${shareThatHolds(g, p)}`,
  "markup-appeared": (g, p) =>
    french`des balises comme <p> deviennent visibles dans ${aidsOf(g, p)} (${namedFields(p)})${shareThatHolds(g, p)}`,
  "characters-broken": (g, p) =>
    french`des accents ou des signes deviennent illisibles dans ${aidsOf(g, p)} (${namedFields(p)})${shareThatHolds(g, p)}`,
  "language-changed": (g, p) => french`les textes de ${aidsOf(g, p)} ne sont plus en français${shareThatHolds(g, p)}`,
  "dates-swapped": (g, p) => french`le jour et le mois sont inversés dans ${aidsOf(g, p)} (${namedFields(p)})${shareThatHolds(g, p)}`,
  "nothing-received": (_, { pastDay, pastReceived }) => {
    const before = pastDay === undefined ? "" : french` ; le ${frenchDay(String(pastDay))}, il en contenait ${pastReceived}`;
    return french`le flux ne contient aucun enregistrement${before}`;
  },
  "none-valid": (_, p) => french`aucun enregistrement du flux n'a pu être gardé${recordsOf(p)}`,
  "fewer-than-expected": ({ found, limit }) =>
    french`${counted(found, "aide")} seulement, alors qu'un flux normal de ce producteur en compte au moins ${limit}`,
  "aids-gone": (g, p) => french`${aidsOf(g, p)} ${isPlural(g.found) ? "ne sont plus" : "n’est plus"} dans le flux${shareThatHolds(g, p)}`,
  "new-ids": (g, p) => {
    const renamed = Number(p.renamed ?? 0) === 0 ? "" : french`, dont ${p.renamed} déjà au catalogue sous un autre identifiant`;
    const arrive = isPlural(g.found) ? "arrivent" : "arrive";
    return french`${aidsOf(g, p)} ${arrive} avec un identifiant que nous ne connaissons pas${shareThatHolds(g, p)}${renamed}`;
  },
  "records-rejected": (g, p) => {
    const could = isPlural(g.found) ? "n’ont pas pu être gardés" : "n’a pas pu être gardé";
    return french`${counted(g.found, "enregistrement")}${outOf(p)} ${could}${shareThatHolds(g, p)}`;
  },
  "field-emptied": (g, p) => {
    const { pastDay, pastEmpty, pastOf } = p;
    const usual =
      pastDay === undefined
        ? french` ; le garde-fou se déclenche à partir de ${g.limit}`
        : french`, contre ${pastEmpty} sur ${pastOf} le ${frenchDay(String(pastDay))}`;
    return french`le champ « ${g.field === undefined ? "?" : fieldName(g.field)} » est vide dans ${aidsOf(g, p)}${usual}`;
  },
  "deadlines-past": ({ found }, { closed }) => {
    const past = isPlural(found)
      ? french`les ${found} dates de clôture du flux sont toutes passées`
      : "la seule date de clôture du flux est passée";
    if (closed === undefined) return past;
    return french`${past} ; ce flux fermerait ${counted(closed, "aide jusqu’ici ouverte", "aides jusqu’ici ouvertes")}`;
  },
  "links-moved": (g, p) =>
    french`${aidsOf(g, p)} ${isPlural(g.found) ? "mènent" : "mène"} désormais à un site que ce producteur n'a jamais utilisé${shareThatHolds(g, p)}`,
  "dates-month-first": ({ found, field }, { of }) => {
    const dates = of === undefined ? counted(found, "date") : counted(of, "date");
    return french`le champ « ${fieldNameOrKey(field ?? "submissionDeadline")} » contient ${dates}, dont aucune après le 12 du mois : le jour et le mois ont sans doute été inversés, et d'autres dates perdues`;
  },
  "first-run-of-draft": ({ found }) =>
    french`la première collecte d'un connecteur en brouillon attend toujours l'accord d'une personne ; elle apporte ${counted(found, "aide")}`,
  "undone-before": (_, { by, day }) => {
    const who = by === undefined ? "" : french` par ${by}`;
    return french`une collecte de ce même flux a été annulée${who}${day === undefined ? "" : french` le ${frenchDay(String(day))}`}`;
  },
  "unmapped-risen": ({ found }, p) => {
    const hold = isPlural(found) ? "contiennent" : "contient";
    return french`${counted(found, "enregistrement")} ${hold} des mots sans correspondance dans nos nomenclatures${pastUnmapped(p)}`;
  },
  "dates-swapped-elsewhere": ({ found }, { of, from }) => {
    const aids = of === undefined ? counted(found, "aide") : french`${found} des ${of} aides dont les dates diffèrent de celles de ${from}`;
    return french`aucun jour du flux ne dépasse le 12, et jour et mois sont inversés dans ${aids}`;
  },
  "known-elsewhere": ({ found }, { of, from, maybe, linked }) => {
    const are = isPlural(found) ? "sont" : "est";
    if (of === undefined) return french`${counted(found, "nouvelle aide", "nouvelles aides")} ${are} déjà au catalogue`;
    const also = Number(maybe ?? 0) === 0 ? "" : french` ; ${counted(Number(maybe), "autre")} peut-être aussi`;
    return french`${found} des ${of} nouvelles aides ${are} déjà au catalogue, par ${from}${linkedToo(Number(linked ?? 0))}${also}`;
  },
  "sources-contradict": ({ found }, { of, from }) => {
    const what = "dates, montants, taux, bénéficiaires ou territoire";
    const aids =
      of === undefined ? counted(found, "aide déjà connue", "aides déjà connues") : french`${found} des ${of} aides déjà connues`;
    return french`${aids} ${isPlural(found) ? "contredisent" : "contredit"} ${from ?? "leur autre source"} (${what})`;
  },
  "content-repeated": ({ found, field = "description" }, { of }) => {
    const same = field === "description" ? "la même description revient" : french`le champ « ${fieldName(field)} » est identique`;
    return of === undefined
      ? french`${same} dans ${newOrChanged(found)}`
      : french`${same} dans ${found} des ${of} aides nouvelles ou modifiées`;
  },
  "dates-conventional": ({ found, field }) =>
    french`dans ${newOrChanged(found)}, le champ « ${fieldNameOrKey(field ?? "startDate")} » contient toujours le premier jour d'un mois ou le 31 décembre`,
  "deadlines-expired": ({ found }) => french`la date de clôture de ${newOrChanged(found)} est toujours passée`,
};

function linkedToo(linked: number): string {
  return linked === 0 ? "" : french`, et ${linked} ${isPlural(linked) ? "y sont rattachées" : "y est rattachée"}`;
}

/** Returns the probable new place of a path, or its former use. */
function pathMissing({ path, was, wasOf, fields, to, same, of }: Params): string {
  const filled = was === undefined ? "" : french`, rempli jusqu'ici dans ${was} enregistrements sur ${wasOf},`;
  const serves = fields === undefined || fields === "" ? "" : french` ; il sert à remplir ${namedFields({ fields })}`;
  const replaced = to === undefined ? "" : french` : il s'appelle sans doute « ${to} » (${same} aides sur ${of} disent la même chose)`;
  if (path === undefined) return "un champ que ce connecteur lit a disparu du flux";
  return french`le champ « ${path} »${filled} a disparu du flux${replaced}${serves}`;
}

function namedFields({ fields = "" }: Params): string {
  const names = String(fields).split(",").filter(Boolean);
  return names.map((name) => (name === "externalId" ? "l’identifiant" : french`« ${fieldNameOrKey(name)} »`)).join(", ");
}

function have({ found }: GuardFinding): string {
  return isPlural(found) ? "ont" : "a";
}

/** The name of a guard that holds plans, or of a way in which values change at once, as a noun without article or capital. */
export const holdingNames: Readonly<Record<HoldingGuard, string>> = {
  "path-missing": "champ du flux disparu",
  "values-moved": "texte passé dans un autre champ",
  "titles-changed": "titre entièrement changé",
  "texts-shrunk": "texte réduit de plus de moitié, ou coupé",
  "markup-appeared": "balises devenues visibles",
  "characters-broken": "accents ou signes devenus illisibles",
  "language-changed": "texte qui n’est plus en français",
  "dates-swapped": "jour et mois inversés dans une date",
  "nothing-received": "flux vide",
  "none-valid": "aucune aide valide",
  "fewer-than-expected": "moins d’aides que le minimum",
  "aids-gone": "aides disparues du flux",
  "new-ids": "identifiants inconnus",
  "records-rejected": "enregistrements rejetés",
  "field-emptied": "champ vidé",
  "deadlines-past": "dates de clôture toutes passées",
  "links-moved": "liens vers un autre site",
  "dates-month-first": "aucune date après le 12 du mois",
  "first-run-of-draft": "première collecte d’un brouillon",
  "undone-before": "flux d’une collecte défaite",
  "dates-swapped-elsewhere": "jour et mois inversés par rapport à une autre source",
};

/** Returns what a guard found, in one sentence without capital or full stop: two numbers and examples. */
export function guardMessage(finding: GuardFinding): string {
  const sentence = sentences[finding.code](finding, finding.params ?? {});
  if (finding.examples.length === 0) return sentence;
  return french`${sentence}, par exemple ${finding.examples.map((example) => exampleOf(finding.code, example)).join(", ")}`;
}

/** Most examples are identifiers; a few guards add details. */
function exampleOf(code: GuardCode, example: string): string {
  const [, dated, date] = /^(.+) \((\d{4}-\d\d-\d\d)\)$/.exec(example) ?? [];
  if (date !== undefined) return french`${dated} (${frenchDay(date)})`;
  const [, what = example, beside] = /^(.+) \(([\w-]+)\)$/.exec(example) ?? [];
  if (code === "none-valid" || code === "records-rejected") return beside === undefined ? example : rejectedExample(what, beside);
  if (code === "unmapped-risen" && beside !== undefined) return french`« ${what} » (${fieldNameOrKey(beside)})`;
  const [, aid, from, to] = code === "links-moved" ? (/^(.+): (\S+) -> (\S+)$/.exec(example) ?? []) : [];
  return aid === undefined ? example : french`${aid} (${from} → ${to})`;
}

function rejectedExample(place: string, code: string): string {
  return `${placeMessage(place)} (${rejectionMessage(code) ?? code})`;
}

function recordsOf({ received, rejected, skipped }: Params): string {
  if (received === undefined) return "";
  return french` : ${counted(received, "reçu")}, ${counted(rejected, "rejeté")}, ${counted(skipped, "laissé de côté", "laissés de côté")}`;
}

function pastUnmapped({ highest, runs }: Params): string {
  if (highest === undefined) return "";
  const past = isPlural(Number(runs)) ? french`les ${runs} dernières collectes` : "la dernière collecte";
  return Number(highest) === 0 ? french` ; il n'y en avait aucun dans ${past}` : french` ; il y en avait ${highest} au plus dans ${past}`;
}

function newOrChanged(found: number): string {
  return counted(found, "aide nouvelle ou modifiée", "aides nouvelles ou modifiées");
}

function aidsOf({ found }: GuardFinding, params: Params): string {
  return french`${counted(found, "aide")}${outOf(params)}`;
}

function outOf({ of }: Params): string {
  return of === undefined ? "" : french` sur ${of}`;
}

/** Returns the share that the guard measured, and its limit. */
function shareThatHolds({ found }: GuardFinding, { of, share }: Params): string {
  if (of === undefined || share === undefined) return "";
  return french` (${percent(found / Number(of))} %, pour un seuil de ${percent(Number(share))} %)`;
}

function percent(part: number): number {
  return Math.round(100 * part);
}

const percents = new Intl.NumberFormat("fr-FR", { maximumFractionDigits: 2, useGrouping: false });

/** Formats a share as a percentage: 0.125 is `12,5`. */
export function formatPercent(share: number): string {
  return percents.format(share * 100);
}

const limitNames = {
  gone: "aides disparues du flux",
  newIds: "identifiants inconnus",
  rejected: "enregistrements rejetés",
  linksMoved: "liens vers un autre site",
  paths: "champ disparu du flux, s’il était rempli à plus de",
  shifted: "aides aux valeurs bouleversées",
} as const;

/** Returns the guard limits that a connector overrides, without capital or full stop; empty if it overrides none. */
export function guardLimitsMessage({ guards, expect }: Partial<Pick<Connector, "guards" | "expect">>): string {
  const { filled = {}, ...shares } = guards ?? {};
  const limits = (Object.keys(limitNames) as (keyof typeof limitNames)[]).flatMap((key) => {
    const share = shares[key];
    if (share === undefined) return [];
    return [share >= 1 ? french`${limitNames[key]} : sans limite` : french`${limitNames[key]} : ${formatPercent(share)} %`];
  });
  const fields = (Object.entries(filled) as [AidField, number][]).map(([field, share]) =>
    share === 0 ? french`${fieldName(field)} : sans limite` : french`${fieldName(field)} : rempli à ${formatPercent(share)} % au moins`,
  );
  const least = expect?.atLeast === undefined ? [] : [french`${expect.atLeast} aides valides au moins`];
  return [...least, ...limits, ...fields].join(french` ; `);
}

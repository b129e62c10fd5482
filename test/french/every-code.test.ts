import { describe, expect, it } from "vitest";
import * as englishIssues from "../../src/cli/english/issues.ts";
import * as englishRuns from "../../src/cli/english/runs.ts";
import { guardMessage } from "../../src/french/guards.ts";
import { issueMessage } from "../../src/french/issues.ts";
import { silenceMessage } from "../../src/french/monitoring.ts";
import { outcomeMessages, runErrorMessage } from "../../src/french/runs.ts";
import type { GuardFacts } from "../../src/ingest/plan/guard-facts.ts";
import { checkGuards } from "../../src/ingest/plan/guards.ts";
import { pageFaults } from "../../src/kit/pages/page-fault.ts";
import type { IssueCode, IssueParams } from "../../src/model/issue.ts";
import { type GuardCode, holdingGuards, warningGuards } from "../../src/model/plan/guard.ts";
import { budgetNames } from "../../src/model/run/run-budget.ts";
import type { Outcome, RunErrorCode } from "../../src/model/run/run-error.ts";
import type { Silence } from "../../src/model/run/silence.ts";
import { madeCount, madeDates, madeFacts, madeFillRates, madePastRun } from "../support/made-facts.ts";

// Each list is a Record over its codes, so that a new code does not compile until its parameters are added here.
const issues: Readonly<Record<IssueCode, readonly IssueParams[]>> = {
  "broken-record": [{}, { reason: "the row is larger than a record may be" }],
  "too-many-cells": [{}, { found: 12, expected: 10 }],
  "too-few-cells": [{}, { found: 1, expected: 10 }],
  "repeated-header": [{}],
  "total-row": [{}],
  "banner-row": [{}],
  "hidden-cells": [{}, { rows: 3, columns: "" }, { rows: 0, columns: "Montant, Notes" }],
  "colours-ignored": [{}],
  "blank-below-merges": [{}],
  "duplicate-column": [{}, { title: "Montant", column: 8 }],
  "unnamed-column": [{}, { column: 5 }],
  "wrong-encoding": [{}],
  "encoded-twice": [{}],
  "characters-broken": [{}],
  "link-formula": [{}],
  "reading-changed": [
    { declared: ";", delimiter: "\t" },
    { declared: "data", path: "" },
    { declared: "/flux/aide", path: "/export/aides/aide" },
  ],
  "html-in-text": [{}],
  "cell-error": [{}],
  "announced-total-differs": [
    { announced: 2088, received: 2087 },
    { announced: 1, received: 0 },
  ],
  "licence-differs": [{ licence: "openlicence20" }, { licence: "unknown", portal: "odc-odbl" }],
  "page-waiting": [{}],
  "page-failed": [
    ...["robots", "elsewhere", "no-page", "no-address", "timed-out", "connection-failed", "tls-failed", "too-large"].map((reason) => ({
      reason,
    })),
    { reason: "server-busy", status: 503 },
  ],
  "page-unlike": [...pageFaults.map((reason) => ({ reason })), { reason: "other-structure", missing: "titre" }],
  "page-stale": [{ reason: "timed-out" }, { reason: "server-busy", status: 503 }],
  "page-gone": [{ reason: "not-found" }, { reason: "http-refused", status: 410 }],
  "missing-external-id": [{}],
  "missing-name": [{}],
  "name-too-long": [{}, { length: 300, limit: 255 }],
  "name-too-long-to-publish": [{}, { length: 200, limit: 180 }],
  "external-id-too-long": [{}, { length: 300, limit: 255 }],
  "duplicate-id": [{}],
  "exact-copy": [{}],
  "text-too-long": [{}, { limit: 255 }, { length: 1300, limit: 255 }],
  "unexpected-value": [{}],
  "expected-filled": [{}],
  "unreadable-date": [{}],
  "impossible-date": [{}],
  "text-for-date": [{}],
  "blank-in-date": [{}],
  "deadline-before-start": [{}, { start: "2026-03-01" }],
  "unreadable-url": [{}],
  "blank-in-url": [{}],
  "url-without-scheme": [{}],
  "misspelt-scheme": [{}],
  "unreadable-amount": [{}],
  "foreign-currency": [{}],
  "unreadable-rate": [{}],
  "rate-out-of-range": [{}],
  "rate-bounds-inverted": [{}, { upper: 40 }, { upper: 12.5 }],
  "unlikely-date": [{}],
  "permanent-call": [{}],
  "says-closed": [{}],
  "amount-without-unit": [{}],
  "rate-above-100": [{}],
  "test-record": [{}],
  "filler-text": [{}],
  "cut-text": [{}],
  "placeholder-link": [{}],
  "outside-territory": [{}],
  "without-territory": [{}],
  "unreadable-yes-no": [{}],
  "out-of-scope": [{}],
  "unmapped-term": [{}, { vocabulary: "targetedAudiences" }],
  "unknown-perimeter": [{}],
  "old-commune-code": [{}, { code: "01033" }],
  "unsafe-markup": [{}, { found: "onclick, script" }],
  "unreadable-json": [{}],
  "section-not-found": [{}, { heading: "Pour qui" }],
  "field-never-seen": [{}],
  "computed-failed": [{}, { name: "dates de l’appel", message: "x.at est indéfini" }],
};

const url = "https://donnees.exemple.fr/aides.csv";
const runErrors: Readonly<Record<RunErrorCode, readonly IssueParams[]>> = {
  "timed-out": [{}, { url, reason: "ETIMEDOUT" }],
  "connection-failed": [{}, { url, reason: "ENOTFOUND" }, { host: "donnees.exemple.fr", reason: "EAUTRE" }],
  "tls-failed": [{}, { url, reason: "CERT_HAS_EXPIRED" }],
  "server-busy": [
    { status: 503, url },
    { status: 599, url },
  ],
  "body-cut-short": [{}, { url, reason: "Z_BUF_ERROR" }],
  "http-refused": [
    { status: 404, url },
    { status: 418, url },
  ],
  "address-refused": [
    { host: "10.0.0.7:8080" },
    { host: "(unreadable address)", url: "http://" },
    { host: "--url", reason: "unreadable" },
    { host: "ftp://exemple.fr", reason: "only http and https are read" },
    { url, reason: "a redirect takes a POST to another site" },
  ],
  "too-many-redirects": [{}, { url, limit: 5 }],
  "token-refused": [
    { url, status: 400, reason: "invalid_client" },
    { url, path: "access_token" },
    { url, path: "access_token", reason: "invalid_scope" },
    { url, limitKb: 64 },
  ],
  "missing-secret": [
    { variable: "CLE_DU_FLUX" },
    { variable: "CLE_DU_FLUX", reason: "not a header value" },
    { variable: "CLE_DU_FLUX", reason: "no certificate" },
    { variable: "CLE_DU_FLUX", reason: "no key of this certificate" },
    { variable: "CLE_DU_FLUX", reason: "not PEM" },
    { variable: "CLE_DU_FLUX", reason: "neither PEM nor the path of its file" },
  ],
  "missing-address": [{ variable: "MOISSON_URL_DEPARTEMENT" }],
  "secret-unreadable": [
    { variable: "CLE_DU_FLUX", isMissing: 1 },
    { variable: "CLE_DU_FLUX", isMissing: 0 },
  ],
  "forgotten-unknown": [
    { people: 2, isMissing: 1 },
    { people: 1, isMissing: 0 },
  ],
  "too-large": [
    { limitMb: 200 },
    { at: "row 2", limitMb: 16 },
    { at: "row 1", limitColumns: 16_384 },
    { at: "line 1, column 90", limitAttributes: 1000 },
  ],
  "all-rejected": [{ received: 5461, rejected: 5461 }],
  "over-budget": budgetNames.filter((budget) => budget !== "rejects").map((budget) => ({ budget, limit: 1000, stage: "fetch" })),
  "decompression-limit": [{ limitMb: 2048 }, { limitMb: 10, ratio: 100 }],
  "site-refused": [{ host: "www.exemple.fr", day: "2026-11-30" }],
  "connector-moved": [{ to: "region-sud" }],
  "robots-refused": [{}, { url }],
  "page-unlike": pageFaults.map((reason) => ({ reason })),
  "html-page": [{}, { title: "Site en maintenance" }],
  "unsupported-file": [
    { found: "xls", advice: "declare-excel" },
    { found: "unreadable-xls", advice: "save-as-xlsx", reason: "reading it takes more than 20 seconds" },
    { found: "pdf", advice: "ask-for-data" },
    { found: "xlsx", advice: "declare-excel" },
    { found: "xml", advice: "declare-xml" },
    { found: "zip: lisez-moi.txt, plan.docx, …", advice: "unpack" },
    { found: "empty", advice: "save-as-xlsx" },
    { found: "excel in pages (pageNumber), a way" },
    { found: "compressed as zstd, a way", url },
    {},
  ],
  "encrypted-file": [{ found: "xlsx" }, { found: "xls" }],
  malformed: [
    {},
    { at: "page 2, byte 70112, after item 31" },
    { at: "line 12, column 90, in /flux/aide[3]" },
    { at: "its content encoding", url },
    { at: "row 14", reason: "merges or links overlap" },
    { at: "zip", reason: "more than 10000 parts" },
    { at: "page 1, item 4, byte 99", reason: "depth" },
  ],
  "no-such-path": [
    {},
    { path: "data.aides" },
    ...["spip", "drupal", "wordpress", "typo3", "ez", "sites-faciles"].map((software) => ({ path: ".aide", software })),
  ],
  "no-such-sheet": [{ sheet: "Aides" }, { sheet: "Aides", found: "Feuil1, Feuil2" }],
  "no-header": [{ sheet: "Aides", row: 1 }],
  "empty-archive": [{}],
  "no-such-file": [
    { format: "csv", found: "xlsx, json" },
    { format: "csv", found: "" },
    { format: "csv", titled: "aides", found: "Lisez-moi" },
  ],
  "forbidden-xml": [{}, { what: "DTD", at: "line 2, column 1" }, { what: "depth", at: "line 2, column 1" }],
  "envelope-says-error": [{ key: "success", found: "false" }],
  "walk-incomplete": [
    {},
    { received: 30, announced: 2088 },
    { page: 3, received: 200, announced: 2088, reason: "repeated-page" },
    { page: 2, received: 1, reason: "next-link-loop" },
    { page: 2, received: 1, reason: "cursor-loop" },
    { page: 2, received: 1, reason: "bad-cursor" },
    { received: 200, announced: 2088, reason: "over-window", division: "type=AAP, year=2026", found: 1400, window: 1000 },
    { received: 2000, announced: 2088, reason: "split-incomplete" },
    { page: 9, received: 200, announced: 2088, reason: "empty-page", division: "type=AAP" },
    { page: 4, received: 300, reason: "page-failed", error: "server-busy", status: 503, url },
    { reason: "pages-waiting", read: 500, listed: 1200 },
    { reason: "pages-unread", read: 1, listed: 40, share: 0.95 },
    { page: 4, received: 300, reason: "page-failed", error: "connection-failed", because: "ECONNRESET", url },
  ],
  cancelled: [{}, { by: "Camille" }],
  "handed-back": [{}],
  "token-taken-over": [{ connector: "departement-drome" }],
  "world-moved": [{ plan: "0190" }, { count: 1, aids: "a1" }, { count: 31, aids: "a1, a2" }],
  "plan-closed": (["none", "applied", "part-applied", "discarded", "overtaken"] as const).map((state) => ({ plan: "0190", state })),
  "snapshot-missing": [{}, { hash: "ab12", found: 0 }, { hash: "ab", found: 3 }],
  "storage-failed": [
    {},
    { reason: "53100", detail: "…" },
    { reason: "ENOSPC", place: "temporary-folder" },
    { reason: "staged-aids-lost", expected: 3, found: 2 },
    { reason: "XX000" },
  ],
  "process-ended": [{ exitCode: 1 }, { exitCode: 134, reason: "TypeError: x" }, { signal: "SIGKILL" }, { signal: "SIGABRT" }],
  "process-silent": [{ seconds: 30 }],
  "out-of-memory": [{}],
  internal: [{}, { reason: "TypeError: x" }],
};

const outcomes: Readonly<Record<Outcome, true>> = {
  applied: true,
  "applied-with-rejects": true,
  unchanged: true,
  planned: true,
  held: true,
  unreachable: true,
  refused: true,
  unreadable: true,
  "stopped-early": true,
  cancelled: true,
  abandoned: true,
  failed: true,
};

const silences: Readonly<{ [Code in Silence["code"]]: readonly Extract<Silence, { readonly code: Code }>[] }> = {
  quiet: [2.5, 1, 0.2].map((usualDays) => ({
    code: "quiet" as const,
    usualDays,
    changes: 8,
    quietDays: 30,
    lastChangedAt: "2026-10-31T23:30:00Z",
  })),
  "deadlines-past": [1, 12].map((aids) => ({ code: "deadlines-past" as const, aids, lastDeadline: "2026-11-01" })),
  "not-applied": [{ code: "not-applied", days: 4, appliedAt: "2026-11-21T02:00:00Z" }],
  "never-applied": [{ code: "never-applied" }],
};

const emptied = { fillRates: madeFillRates(0.9, { submissionDeadline: 86 / 498 }), lost: { submissionDeadline: ["a1", "a2"] } };
const lostTitle: Partial<GuardFacts> = {
  shape: { records: 190, filled: { titre: 0 } },
  fieldsOf: { titre: ["name"] },
  renames: [{ from: "titre", to: "intitule", same: 188, of: 190 }],
  past: [madePastRun({ shape: { records: 190, filled: { titre: 190 } } })],
};

const none = madeCount(0);
const elsewhere = {
  of: 190,
  certain: none,
  linked: 0,
  compared: 0,
  changed: 0,
  maybe: 0,
  from: ["region-x"],
  contradicting: none,
  dated: 0,
  swapped: none,
  days: 0,
  lateDays: 0,
};
const guards: Readonly<Record<GuardCode, readonly (readonly [Partial<GuardFacts>, string])[]>> = {
  "nothing-received": [
    [{ received: 0, valid: 0, past: [] }, "le flux ne contient aucun enregistrement"],
    [{ received: 0, valid: 0 }, "le flux ne contient aucun enregistrement ; le 18 novembre 2026, il en contenait 100"],
  ],
  "none-valid": [
    [
      { received: 3000, valid: 0, rejected: 1, skipped: 10, rejectedExamples: ["page 2, item 14 (missing-name)"] },
      "aucun enregistrement du flux n’a pu être gardé : 3 000 reçus, 1 rejeté, 10 laissés de côté, par exemple page 2, enregistrement n° 14 (sans titre)",
    ],
  ],
  "fewer-than-expected": [
    [{ atLeast: 150 }, "100 aides seulement, alors qu’un flux normal de ce producteur en compte au moins 150"],
    [{ valid: 1, atLeast: 150 }, "1 aide seulement, alors qu’un flux normal de ce producteur en compte au moins 150"],
  ],
  "aids-gone": [
    [
      { inLastFeed: 2088, gone: { count: 318, examples: ["recette-1", "recette-2", "recette-3"] } },
      "318 aides sur 2 088 ne sont plus dans le flux (15 %, pour un seuil de 10 %), par exemple recette-1, recette-2, recette-3",
    ],
  ],
  "new-ids": [
    [
      { newIds: { ...madeCount(40), renamed: 38 }, past: [madePastRun({ created: 17 })] },
      "40 aides sur 100 arrivent avec un identifiant que nous ne connaissons pas (40 %, pour un seuil de 34 %), dont 38 déjà au catalogue sous un autre identifiant, par exemple a1, a2, a3",
    ],
  ],
  "records-rejected": [
    [
      { rejected: 12, rejectedExamples: ["row 14 (missing-name)", "sheet Aides, row 9 (too-many-cells)"] },
      "12 enregistrements sur 100 n’ont pas pu être gardés (12 %, pour un seuil de 10 %), par exemple ligne 14 (sans titre), feuille Aides, ligne 9 (trop de cases remplies)",
    ],
  ],
  "field-emptied": [
    [
      { valid: 498, past: [madePastRun({ valid: 501, fillRates: madeFillRates(0.9, { submissionDeadline: 498 / 501 }) })], ...emptied },
      "le champ « date de clôture » est vide dans 412 aides sur 498, contre 3 sur 501 le 18 novembre 2026, par exemple a1, a2",
    ],
    [
      { fillRates: madeFillRates(0.9, { contact: 0.5 }), past: [], limits: { filled: { contact: 0.8 } } },
      "le champ « contact » est vide dans 50 aides sur 100 ; le garde-fou se déclenche à partir de 21",
    ],
  ],
  "deadlines-past": [
    [
      { deadlines: { withDeadline: 31, past: madeCount(31), closed: 25 } },
      "les 31 dates de clôture du flux sont toutes passées ; ce flux fermerait 25 aides jusqu’ici ouvertes, par exemple a1, a2, a3",
    ],
  ],
  "links-moved": [
    [
      { links: { compared: 100, moved: { count: 96, examples: ["7: dreal.fr -> casino.example"] } } },
      "96 aides sur 100 mènent désormais à un site que ce producteur n’a jamais utilisé (96 %, pour un seuil de 20 %), par exemple 7 (dreal.fr → casino.example)",
    ],
  ],
  "dates-month-first": [
    [
      { dates: [madeDates({ afterTwelfth: 0 })] },
      "le champ « date d’ouverture » contient 60 dates, dont aucune après le 12 du mois : le jour et le mois ont sans doute été inversés, et d’autres dates perdues, par exemple a1 (5 janvier 2026), a2 (11 février 2026)",
    ],
  ],
  "first-run-of-draft": [
    [
      { isFirstRunOfDraft: true, valid: 1, newIds: { ...madeCount(1), renamed: 0 } },
      "la première collecte d’un connecteur en brouillon attend toujours l’accord d’une personne ; elle apporte 1 aide, par exemple a1",
    ],
  ],
  "undone-before": [
    [{ undoneBefore: { by: "Camille", day: "2026-12-01" } }, "une collecte de ce même flux a été annulée par Camille le 1er décembre 2026"],
  ],
  "path-missing": [
    [
      lostTitle,
      "le champ « titre », rempli jusqu’ici dans 190 enregistrements sur 190, a disparu du flux : il s’appelle sans doute « intitule » (188 aides sur 190 disent la même chose) ; il sert à remplir « titre »",
    ],
  ],
  "field-held": [
    [
      {
        decisions: [
          {
            connector: "c",
            kind: "hold",
            subject: "description",
            paths: ["texte"],
            note: "export cassé",
            by: "Camille",
            at: "2026-11-20T07:00:00Z",
          },
        ],
      },
      "le champ « description » garde ses dernières valeurs depuis le 20 novembre 2026, à la demande de Camille (export cassé)",
    ],
  ],
  "rare-path-missing": [
    [
      { shape: { records: 190, filled: { note: 0 } }, past: [madePastRun({ shape: { records: 190, filled: { note: 3 } } })] },
      "le champ « note », rempli jusqu’ici dans 3 enregistrements sur 190, a disparu du flux",
    ],
  ],
  "values-moved": [
    [
      { shifts: { "values-moved": { ...madeCount(50), fields: ["name", "description"] } } },
      "50 aides sur 90 ont désormais, comme « titre », « description », ce que contenait un autre champ (56 %, pour un seuil de 10 %), par exemple a1, a2, a3",
    ],
  ],
  "titles-changed": [
    [
      { shifts: { "titles-changed": { ...madeCount(50), fields: ["name"] } } },
      "50 aides sur 90 ont un titre sans aucun mot de l’ancien (56 %, pour un seuil de 20 %), par exemple a1, a2, a3",
    ],
  ],
  "texts-shrunk": [
    [
      { shifts: { "texts-shrunk": { ...madeCount(50), fields: ["description"] } } },
      "50 aides sur 90 perdent plus de la moitié de leur texte (« description ») (56 %, pour un seuil de 20 %), par exemple a1, a2, a3",
    ],
  ],
  "markup-appeared": [
    [
      { shifts: { "markup-appeared": { ...madeCount(50), fields: ["description"] } } },
      "des balises comme <p> deviennent visibles dans 50 aides sur 90 (« description ») (56 %, pour un seuil de 10 %), par exemple a1, a2, a3",
    ],
  ],
  "characters-broken": [
    [
      { shifts: { "characters-broken": { ...madeCount(50), fields: ["description"] } } },
      "des accents ou des signes deviennent illisibles dans 50 aides sur 90 (« description ») (56 %, pour un seuil de 5 %), par exemple a1, a2, a3",
    ],
  ],
  "language-changed": [
    [
      { shifts: { "language-changed": { ...madeCount(50), fields: ["description"] } } },
      "les textes de 50 aides sur 90 ne sont plus en français (56 %, pour un seuil de 20 %), par exemple a1, a2, a3",
    ],
  ],
  "dates-swapped": [
    [
      { shifts: { "dates-swapped": { ...madeCount(50), fields: ["submissionDeadline"], changed: 60 } } },
      "le jour et le mois sont inversés dans 50 aides sur 60 (« date de clôture ») (83 %, pour un seuil de 50 %), par exemple a1, a2, a3",
    ],
  ],
  "unmapped-risen": [
    [
      { unmapped: { count: 62, examples: ["Syndicats mixtes (targetedAudiences)"] }, past: [madePastRun({ unmapped: 20 }), madePastRun()] },
      "62 enregistrements contiennent des mots sans correspondance dans nos nomenclatures ; il y en avait 20 au plus dans les 2 dernières collectes, par exemple « Syndicats mixtes » (publics visés)",
    ],
    [
      { unmapped: madeCount(5) },
      "5 enregistrements contiennent des mots sans correspondance dans nos nomenclatures ; il n’y en avait aucun dans la dernière collecte, par exemple a1, a2, a3",
    ],
  ],
  "dates-swapped-elsewhere": [
    [
      { elsewhere: { ...elsewhere, dated: 60, swapped: madeCount(55), days: 200 } },
      "aucun jour du flux ne dépasse le 12, et jour et mois sont inversés dans 55 des 60 aides dont les dates diffèrent de celles de region-x, par exemple a1, a2, a3",
    ],
  ],
  "known-elsewhere": [
    [
      { elsewhere: { ...elsewhere, certain: madeCount(166), maybe: 4 } },
      "166 des 190 nouvelles aides sont déjà au catalogue, par region-x ; 4 autres peut-être aussi, par exemple a1, a2, a3",
    ],
    [
      { elsewhere: { ...elsewhere, certain: madeCount(166), linked: 160 } },
      "166 des 190 nouvelles aides sont déjà au catalogue, par region-x, et 160 y sont rattachées, par exemple a1, a2, a3",
    ],
  ],
  "sources-contradict": [
    [
      { elsewhere: { ...elsewhere, compared: 166, contradicting: madeCount(80) } },
      "80 des 166 aides déjà connues contredisent region-x (dates, montants, taux, bénéficiaires ou territoire), par exemple a1, a2, a3",
    ],
  ],
  "content-repeated": [
    [
      { repeated: [{ field: "description", ...madeCount(60), of: 150 }] },
      "la même description revient dans 60 des 150 aides nouvelles ou modifiées, par exemple a1, a2, a3",
    ],
    [
      { repeated: [{ field: "contact", ...madeCount(60), of: 60 }] },
      "le champ « contact » est identique dans 60 des 60 aides nouvelles ou modifiées, par exemple a1, a2, a3",
    ],
  ],
  "dates-conventional": [
    [
      { dates: [madeDates({ conventional: 60 })] },
      "dans 60 aides nouvelles ou modifiées, le champ « date d’ouverture » contient toujours le premier jour d’un mois ou le 31 décembre, par exemple a1 (5 janvier 2026), a2 (11 février 2026)",
    ],
  ],
  "deadlines-expired": [
    [
      { dates: [madeDates({ field: "submissionDeadline", past: 60 })] },
      "la date de clôture de 60 aides nouvelles ou modifiées est toujours passée, par exemple a1 (5 janvier 2026), a2 (11 février 2026)",
    ],
  ],
};

describe("every code has a French sentence", () => {
  it.each(cases(issues))("issue %s %j", (code, params) => {
    expectFrench(issueMessage(code, params), code);
    expect(issueMessage(code, params)).not.toBe(englishIssues.issueMessage(code, params));
  });

  it.each(cases(runErrors))("run error %s %j", (code, params) => {
    expectFrench(runErrorMessage(code, params), code);
    expect(runErrorMessage(code, params)).not.toBe(englishRuns.runErrorMessage(code, params));
  });

  it.each(Object.keys(outcomes) as Outcome[])("outcome %s", (outcome) => {
    expectFrench(outcomeMessages[outcome], outcome);
    expect(outcomeMessages[outcome]).not.toBe(englishRuns.outcomeMessages[outcome]);
  });

  it.each(Object.values(silences).flat())("silence %j", (silence) => {
    expectFrench(silenceMessage(silence), silence.code);
  });

  it.each(cases(guards))("guard %s %j", (code, [given, sentence]) => {
    const { holds, warnings } = checkGuards(madeFacts(given));
    const said = [...holds, ...warnings].map((finding) => [finding.code, guardMessage(finding)] as const);
    // Sources that contradict each other have aids in common.
    const expected = said.filter(([of]) => code !== "sources-contradict" || of !== "known-elsewhere");
    expect(expected.map(([of, message]) => [of, plain(message)])).toEqual([[code, sentence]]);
    for (const [of, message] of said) expectFrench(message, of);
  });

  it.each([...holdingGuards, ...warningGuards])("guard %s, stored before guards gave parameters", (code) => {
    for (const found of [1, 40]) {
      const message = guardMessage({ code, found, limit: 1, examples: [], field: "contact" });
      expectFrench(message, code);
      expect(message).not.toContain("?");
    }
  });
});

function cases<Code extends string, Given>(given: Readonly<Record<Code, readonly Given[]>>): [Code, Given][] {
  return (Object.entries(given) as [Code, readonly Given[]][]).flatMap(([code, each]) => each.map((one): [Code, Given] => [code, one]));
}

function expectFrench(message: string, code: string): void {
  expect(message).not.toBe(code);
  expect(message.length).toBeGreaterThan(8);
  expect(message).not.toMatch(/undefined|NaN|null|\{.*\}|\[object/);
  // The names of keys and settings are English.
  expect(message.replace(/budget\.\w+/, "")).not.toMatch(
    /\b(the|is|are|was|of|and|with|which|cannot|not|no|row|sheet|item|byte|line|column|feed|aids?|records?|holds?)\b/i,
  );
  expect(message).not.toMatch(/ [:;?!%»]|« |'|[^\S\n] {2}|^\s|\s$|\.$/);
}

/** Replaces no-break spaces, to compare with the sentences above. */
function plain(message: string): string {
  return message.replace(/[\u00a0\u202f]/g, " ");
}

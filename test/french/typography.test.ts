import { expect, it } from "vitest";
import { frenchDay } from "../../src/french/dates.ts";
import { guardMessage } from "../../src/french/guards.ts";
import { issueMessage } from "../../src/french/issues.ts";
import { silenceMessage } from "../../src/french/monitoring.ts";
import { runErrorMessage } from "../../src/french/runs.ts";

const url = "https://donnees.exemple.fr/aides.csv";

it.each([
  [
    runErrorMessage("http-refused", { status: 404, url }),
    `le serveur a répondu 404, « page introuvable » (${url}) : vérifiez l’adresse et les droits d’accès`,
  ],
  [
    runErrorMessage("tls-failed", { url, reason: "CERT_HAS_EXPIRED" }),
    `le certificat de sécurité du serveur n’est pas accepté (${url}) : certificat expiré`,
  ],
  [runErrorMessage("too-large", { at: "row 2", limitMb: 16 }), "un enregistrement dépasse 16 Mo (ligne 2)"],
  [
    runErrorMessage("walk-incomplete", {
      page: 4,
      received: 300,
      announced: 2088,
      reason: "page-failed",
      error: "server-busy",
      status: 503,
      url,
    }),
    `300 enregistrements reçus sur 2 088 annoncés ; la lecture s’est arrêtée à la page 4 : le serveur a répondu 503, « service indisponible » (${url})`,
  ],
  [
    runErrorMessage("internal", { reason: "TypeError: it's not iterable" }),
    "une erreur s’est produite de notre côté (détail technique : « TypeError: it's not iterable »)",
  ],
  [runErrorMessage("world-moved", { count: 1, aids: "a1" }), "1 aide a changé depuis que le plan a été préparé : a1 ; rien n’a été écrit"],
  [
    issueMessage("unmapped-term", { vocabulary: "targetedAudiences" }),
    "ce mot n’a pas encore de correspondance dans notre nomenclature « publics visés »",
  ],
  [issueMessage("text-too-long", { length: 1300, limit: 255 }), "le texte compte 1 300 caractères, pour 255 au plus ; le champ reste vide"],
  [
    issueMessage("deadline-before-start", { start: "2026-03-01" }),
    "la date de clôture est antérieure à la date d’ouverture (1er mars 2026)",
  ],
  [
    silenceMessage({ code: "quiet", usualDays: 2.5, changes: 8, quietDays: 30, lastChangedAt: "2026-10-31T23:30:00Z" }),
    "d’habitude, le flux change tous les 2,5 jours (d’après 8 changements) ; plus rien depuis 30 jours, le dernier changement date du 1er novembre 2026",
  ],
])("%s", (message, sentence) => {
  expect(plain(message)).toBe(sentence);
});

it("no-break spaces are set, and a publisher's text is unchanged", () => {
  expect(issueMessage("section-not-found", { heading: "Pour qui ? L'aide : 5 %" })).toBe(
    "l’intertitre «\u00a0Pour qui ? L'aide : 5 %\u00a0» qui ouvre cette partie ne se trouve pas dans le texte",
  );
  expect(issueMessage("rate-bounds-inverted", { upper: 12.5 })).toContain("(12,5\u202f%)");
  expect(runErrorMessage("too-large", { limitMb: 1024 })).toBe("une page du flux dépasse 1\u202f024\u00a0Mo");
  expect(issueMessage("text-too-long", { limit: 255 })).toBe("le texte dépasse 255 caractères\u202f; le champ reste vide");
  expect(issueMessage("missing-name", {})).toBe("pas de titre\u00a0: l’enregistrement ne peut pas être gardé");
});

it("zero and one take the singular", () => {
  expect(plain(guardMessage({ code: "aids-gone", found: 1, limit: 1, examples: [], params: { of: 2, share: 0.1 } }))).toBe(
    "1 aide sur 2 n’est plus dans le flux (50 %, pour un seuil de 10 %)",
  );
  expect(guardMessage({ code: "first-run-of-draft", found: 0, limit: 0, examples: [] })).toMatch(/ 0 aide$/);
  expect(issueMessage("announced-total-differs", { announced: 1, received: 0 })).toBe("le flux annonce 1 enregistrement et en contient 0");
});

it("a day is written in words, and other text is unchanged", () => {
  expect([frenchDay("2026-11-25"), frenchDay("2026-12-01"), frenchDay("2026-13-45"), frenchDay("bientôt")]).toEqual([
    "25 novembre 2026",
    "1er décembre 2026",
    "2026-13-45",
    "bientôt",
  ]);
});

/** Replaces no-break spaces, to compare with the sentences above. */
function plain(message: string): string {
  return message.replace(/[\u00a0\u202f]/g, " ");
}

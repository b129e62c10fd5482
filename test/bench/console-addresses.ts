import { readFile } from "node:fs/promises";
import { type SQL, sql } from "drizzle-orm";
import type { Store } from "../../src/catalogue/store.ts";
import { routes } from "../../src/console/routes.ts";
import { realFeeds } from "./console-aids.ts";
import { type ConsoleSize, consoleSizes, madeUp } from "./console-sizes.ts";
import type { ConsoleVisitor } from "./console-visitor.ts";

/** Routes of the console's pages. Files are left out, because their time depends on their size. */
export const pages: readonly string[] = routes
  .filter(({ method, path }) => method === "get" && !/\.(csv|xlsx|zip|json)$/.test(path))
  .map(({ path }) => path);

/** Returns the route of an address. */
export function routeOf(address: string): string | undefined {
  const asked = address.replace(/\?.*/, "");
  return pages.find((page) => page === asked) ?? pages.find((page) => new RegExp(`^${page.replace(/:\w+/g, "[^/]+")}$`).test(asked));
}

/** Pages without parameters, except those that a signed-in person of staff cannot open. */
const plainPages = pages.filter((page) => !page.includes(":") && !/^\/(espace|(de)?connexion\/|entree\/)/.test(page));

/** Parameters of the addresses. `made`: number of generated connectors. */
export interface AddressesAsked {
  readonly store: Store;
  readonly size: ConsoleSize;
  readonly made: number;
}

/** Returns every page: pages with parameters for several objects; lists with filters, and with their first, middle and last page. */
export async function consoleAddresses({ store, size, made }: AddressesAsked, visitor: ConsoleVisitor): Promise<readonly string[]> {
  const { plans, aids } = size;
  // The page numbers below fit the largest catalogue; `at` scales them down.
  const at = (page: number) => Math.max(2, Math.round((page * aids) / consoleSizes.postgresql.aids));
  const ids = async (name: string, statement: SQL) => {
    const [one] = await store.rows<{ readonly id?: string }>(statement);
    if (one?.id === undefined) throw new Error(`The catalogue has no ${name}.`);
    return one.id;
  };
  const aid = (name: string, where: string) =>
    ids(name, sql`select aid_id as id from aids where ${sql.raw(where)} order by aid_id limit 1`);
  const run = (name: string, where: string) => ids(name, sql`select id from runs where ${sql.raw(where)} order by started_at desc limit 1`);
  const [live, review, proposed, imported] = [
    await aid("live aid", "status = 'published' and withdrawn_at is null and connector like 'producteur-%'"),
    await aid("aid to review", "status = 'reviewable'"),
    await aid("proposal", "proposals <> '{}' and status = 'published'"),
    await aid("imported aid", "connector = 'aides-territoires'"),
  ];
  const [real, rejects, held] = [
    await run("real run", "connector = 'aides-territoires'"),
    await run("run with rejects", "outcome = 'applied-with-rejects'"),
    await run("held run", "outcome = 'held'"),
  ];
  const [large, small, heldPlan, edit] = [
    await ids("large plan", sql`select id from plans where made_by = ${`Plan de ${plans[0]}`}`),
    await ids("small plan", sql`select id from plans where made_by = ${`Plan de ${plans[1]}`}`),
    await ids("held plan", sql`select id from plans where origin = 'run' and state = 'open' limit 1`),
    await ids("edit", sql`select id from plans where origin = 'curator' and state = 'applied' limit 1`),
  ];
  const [title, externalId] = Object.values(
    (await store.rows<object>(sql`select title, external_id from aid_search join aids using (aid_id) where aid_id = ${live}`))[0] ?? {},
  ) as [string, string];
  const [changeOfMany = ""] = /\/relecture\/changements\/[\w-]+/.exec((await visitor.get("/relecture/propositions")).text) ?? [];
  const draft = await onboard(visitor);
  const letter = await visitor.post("/connecteurs/aides-territoires/courriers", {});
  const [sent = "", shown = ""] = [/\/connecteurs\/[^"/]+\/courriers\/[0-9a-f-]{36}/, /\/lettre\/[\w-]+/].map(
    (address) => address.exec(letter)?.[0],
  );
  const letters = [sent, shown, `${shown}/relecture`];
  const partner = await ids("publisher", sql`select publisher as id from publisher_connectors where connector = 'aides-territoires'`);
  await visitor.openSpace(partner);
  const connector = `/connecteurs/${madeUp(57, made)}`;
  const aidPages = [
    "",
    "corriger",
    "publier",
    "depublier",
    "rejeter",
    "retablir",
    "separer",
    "suspendre",
    "confirmer",
    "retirer",
    "fusionner",
  ];
  const listed = [
    ...["/", "/?page=3", "/?page=5"],
    ...["/connecteurs", `/connecteurs?page=${at(10)}`, "/connecteurs?etat=active", "/connecteurs?resultat=held", "/connecteurs?texte=42"],
    ...[connector, `/connecteurs/${madeUp(6, made)}`, "/connecteurs/aides-territoires"],
    ...[
      `${connector}/definition`,
      `${connector}/definition/champs/name`,
      `${connector}/definition/producteur`,
      `${connector}/definition/collecte`,
      `${connector}/definition/fiches`,
      `${connector}/definition/garde-fous`,
      `${connector}/producteur`,
    ],
    ...["flux", "suggestions", "passage"].map((page) => `${connector}/${page}`),
    `/relecture/champs/${madeUp(8, made)}`,
    ...[
      "/connecteurs/aides-territoires/definition",
      "/connecteurs/aides-territoires/definition/champs/description",
      `${connector}/versions`,
      `${connector}/cles`,
    ],
    ...["/connecteurs/aides-territoires/courriers", ...letters],
    ...[
      "/aides",
      `/aides?page=${at(1000)}`,
      `/aides?page=${at(2000)}`,
      "/aides?texte=aide",
      "/aides?texte=mobilit%C3%A9+v%C3%A9lo",
      "/aides?texte=e",
      `/aides?texte=aide&page=${at(500)}`,
    ],
    ...[
      "/aides?territoire=Dr%C3%B4me",
      "/aides?territoire=Valence&portee=dedans",
      "/aides?territoire=France&portee=dedans",
      "/aides?theme=nature-environnement-risques",
    ],
    ...[
      "/aides?public=commune",
      "/aides?type=grant",
      "/aides?organisme=ademe",
      `/aides?connecteur=${madeUp(7, made)}`,
      "/aides?producteur=Producteur+12",
    ],
    ...[
      "/aides?situation=review&tri=deadline",
      `/aides?situation=live&cloture=a-venir&page=${at(800)}`,
      "/aides?manque=contact",
      "/aides?cloture=passee",
      "/aides?cloture=aucune",
    ],
    ...[
      "/aides?depuis=2026-12-01&jusque=2027-01-01",
      "/aides?tri=updated",
      `/aides?tri=updated&page=${at(1000)}`,
      "/aides?texte=eau&territoire=Dr%C3%B4me&public=commune&situation=live",
    ],
    ...aidPages.map((page) => `/aides/${live}${page && `/${page}`}`),
    ...[
      `/aides/${review}`,
      `/aides/${proposed}`,
      `/aides/${imported}`,
      `/aides/${imported}/enregistrement`,
      `/aides/${review}/fusionner?q=mobilit%C3%A9`,
      `/aides/${live}/fusionner?dans=${review}`,
    ],
    ...["/ou-est-mon-aide", `/ou-est-mon-aide?q=${encodeURIComponent(title)}`, `/ou-est-mon-aide?q=${encodeURIComponent(externalId)}`],
    ...["/ou-est-mon-aide?q=mobilit%C3%A9", "/ou-est-mon-aide?q=https%3A%2F%2Fexample.org%2Fnowhere", `/ou-est-mon-aide?q=${live}`],
    ...[
      "/relecture",
      `/relecture?page=${at(100)}`,
      `/relecture?page=${at(999)}`,
      "/relecture?territoire=Dr%C3%B4me",
      "/relecture?theme=nature-environnement-risques",
      `/relecture?connecteur=${madeUp(8, made)}`,
    ],
    ...[
      "/relecture/propositions",
      `/relecture/propositions?page=${at(10)}`,
      "/relecture/echues",
      `/relecture/echues?page=${at(50)}`,
      "/relecture/doublons",
      "/relecture/doublons?page=5",
    ],
    ...["/relecture/suivante", `/relecture/suivante?apres=${review}`, `/relecture/${review}`, `/relecture/${proposed}`],
    ...["/nuits", changeOfMany],
    ...["/producteurs", "/producteurs?page=3", "/producteurs?territoire=Bretagne", "/producteurs/nouveau", "/courriers"],
    ...["", "/modifier", "/chiffres", "/saisir", "/espace", "/contacts/nouveau"].map((page) => `/producteurs/${partner}${page}`),
    ...["/couverture", "/couverture?carte=departements", "/couverture?region=region:84", "/chiffres", "/verifier", "/publier-ses-aides"],
    ...["/mots", `/mots?page=${at(100)}`, "/mots?vocabulaire=categories", "/mots?texte=commun", `/mots?connecteur=${madeUp(57, made)}`],
    ...[
      "/mots/decider?vocabulaire=categories&mot=Mot+commun+3",
      "/mots/decider?vocabulaire=perimeters&mot=PETR+du+Pays+Lauragais",
      "/mots/essais",
    ],
    ...["/plans", `/plans?page=${at(20)}`, `/plans?page=${at(999)}`, "/plans?qui=Marie", `/plans?connecteur=${madeUp(57, made)}`],
    ...[
      `/plans/${large}`,
      `/plans/${large}?page=${at(500)}`,
      `/plans/${large}?page=${at(1000)}`,
      `/plans/${large}?genre=withdraw`,
      `/plans/${large}?champ=submissionDeadline`,
      `/plans/${large}?champ=contact`,
      `/plans/${large}?q=v%C3%A9lo`,
    ],
    ...[
      `/plans/${large}/appliquer`,
      `/plans/${large}/appliquer?genre=withdraw`,
      `/plans/${large}/appliquer?champ=submissionDeadline`,
      `/plans/${large}/ecarter`,
      `/plans/${large}/remarques`,
    ],
    ...[`/plans/${small}`, `/plans/${small}/appliquer`, `/plans/${heldPlan}`, `/plans/${heldPlan}/absentes`, `/plans/${edit}`],
    ...[
      "/collectes",
      `/collectes?page=${at(200)}`,
      `/collectes?page=${at(400)}`,
      "/collectes?resultat=failed",
      `/collectes?connecteur=${madeUp(57, made)}`,
      "/collectes?depuis=2026-11-01",
    ],
    ...[real, rejects, held].flatMap((id) => [`/collectes/${id}`, `/collectes/${id}/anomalies`, `/collectes/${id}/rejets`]),
    ...[
      `/collectes/${real}/enregistrement?ou=item+249`,
      `/collectes/${rejects}/rejets?mots=r4`,
      `/collectes/${rejects}/mettre-de-cote?code=unmapped-term&champ=categories`,
    ],
    ...[
      "/brouillons",
      ...draft,
      "/modeles",
      "/comptes",
      "/comptes/nouveau",
      `/comptes/${visitor.personId}`,
      "/journal",
      `/journal?page=${at(200)}`,
      "/journal?qui=Marie",
      "/journal?objet=producteur-57",
      "/mon-compte",
    ],
    ...["", "/flux", "/saisir", "/courriers", "/aides", "/aides?page=5"].map((page) => `/espace${page}`),
    ...["", "/corriger"].map((page) => `/espace/aides/${imported}${page}`),
  ];
  return [...listed, ...plainPages.filter((page) => !listed.some((address) => routeOf(address) === page))];
}

/** Uploads a real file up to the step before the last, and returns the addresses of its steps. */
async function onboard(visitor: ConsoleVisitor): Promise<readonly string[]> {
  const draft = (await visitor.post("/brouillons", { nom: "Un producteur" })).replace(/\/producteur$/, "");
  const connecteur = `essai-${draft.slice(-8)}`;
  await visitor.post(`${draft}/producteur`, {
    nom: "Un producteur",
    nature: "region",
    territoire: "Bretagne",
    licence: "openlicence20",
    connecteur,
  });
  await visitor.post(`${draft}/flux`, { fichier: new File([await readFile(realFeeds["tee-programmes"])], "programmes.json") });
  const steps = [
    "",
    "/producteur",
    "/flux",
    "/lecture",
    "/champs",
    "/champs/externalId",
    "/champs/name",
    "/fiches",
    "/mots",
    "/collecte",
    "/garde-fous",
    "/essai",
  ];
  return steps.map((step) => `${draft}${step}`);
}

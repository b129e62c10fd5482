import type { Child } from "hono/jsx";
import { vocabularies } from "../../../model/vocabularies.ts";
import type { ApiVisit } from "../api-route.ts";
import { ClassFilters, queryOfClasses, Unclassified } from "./class-filters.tsx";
import { type Commune, exactName, maxChoices } from "./find-commune.ts";
import { dayInFrench, FoundAidCard } from "./found-aid.tsx";
import { searchDocument, searchPath, underOf } from "./page-frame.tsx";
import type { Coverage } from "./read-coverage.ts";
import { type AskedSearch, aidsPerPage, type FoundAid, type SearchResult, searchAids } from "./read-search.ts";

/** The search page for town halls: a commune, a project in their own words, and the open aids for it. */
export async function searchPage(visit: ApiVisit): Promise<Response> {
  const under = underOf(visit);
  const result = await searchAids(visit);
  return searchDocument(visit, {
    title: titleOf(result),
    content: (
      <>
        <h1>Trouver une aide pour ma commune</h1>
        <SearchForm asked={result.asked} under={under} />
        <Result result={result} under={under} />
      </>
    ),
  });
}

function titleOf({ asked, communes, found }: SearchResult): string {
  if (found === null) return "Trouver une aide pour ma commune";
  return `${plural(found.count, "aide")} pour ${communes[0]?.name ?? ""}${asked.project === "" ? "" : ` : ${asked.project}`}`;
}

function SearchForm({ asked, under }: { readonly asked: AskedSearch; readonly under: string }): Child {
  return (
    <search>
      <form class="ask" method="get" action={`${under}${searchPath}`}>
        <label>
          Votre commune
          <span class="hint">Nom, code postal ou code INSEE</span>
          <input type="text" name="commune" value={asked.place} maxlength={200} required autocomplete="address-level2" />
        </label>
        <label>
          Votre projet, dans vos mots
          <span class="hint">« toit de l’école », « haies », « salle des fêtes ». Une virgule sépare deux sujets.</span>
          <input type="text" name="projet" value={asked.project} maxlength={200} />
        </label>
        <label>
          Qui porte le projet
          <select name="pour">
            {vocabularies.targetedAudiences.map(({ slug, label }) => (
              <option value={slug} selected={slug === asked.audience}>
                {label}
              </option>
            ))}
          </select>
        </label>
        <ClassFilters asked={asked.classes} />
        <p class="send">
          <button type="submit">Chercher</button>
        </p>
      </form>
    </search>
  );
}

function Result({ result, under }: { readonly result: SearchResult; readonly under: string }): Child {
  const { asked, communes, found } = result;
  if (asked.place === "")
    return <p>Indiquez votre commune : sa population, son intercommunalité, son département et sa région décident des aides.</p>;
  const [commune] = communes;
  if (commune === undefined) {
    return <p role="status">{`Aucune commune ne s’appelle « ${asked.place} ». Vérifiez l’orthographe, ou donnez le code postal.`}</p>;
  }
  if (found === null) return <CommuneChoice asked={asked} communes={communes} under={under} />;
  const { count, corrections, asksPrefecture, isVague, aids, close, helpers, inPassing, coverage } = found;
  const missing = <Missing commune={commune} coverage={coverage} />;
  return (
    <form method="get" action={`${under}${searchPath}selection/`}>
      <h2>{`${plural(count, "aide ouverte", "aides ouvertes")} pour ${commune.name}`}</h2>
      <p>{[...(commune.population === null ? [] : [plural(commune.population, "habitant")]), ...commune.around].join(", ")}</p>
      {commune.part !== null && (
        <p>{`${commune.part} est une commune déléguée ou ancienne : voici les aides de sa commune d’aujourd’hui, ${commune.name}.`}</p>
      )}
      {asksPrefecture && missing}
      {corrections.map(({ written, read }) => (
        <p>{`Aucune aide ne contient « ${written} » : nous avons cherché « ${read} ».`}</p>
      ))}
      {isVague && (
        <p>Votre demande ne dit pas encore quel projet : voici toutes les aides. Dites ce que vous voulez faire, comme « chaudière ».</p>
      )}
      {count === 0 && (
        <p>
          {`Aucune aide ne répond exactement à « ${asked.project} ».`}
          {[close, helpers, inPassing].every(({ length }) => length === 0) &&
            " Parmi les sources lues, aucune ne s’en approche : nous préférons ne rien proposer. Essayez d’autres mots : ce que vous construisez (« chaudière »), plutôt que le but (« économies »)."}
        </p>
      )}
      <Unclassified
        asked={asked.classes}
        count={found.unclassified}
        addressOf={(classes) => `${under}${searchPath}?${queryOf({ ...asked, classes, page: 1 })}`}
      />
      <AidList aids={aids} under={under} />
      <Pages asked={asked} count={count} under={under} />
      {close.length > 0 && (
        <>
          <h2>Peut-être aussi</h2>
          <p>Ces aides ne parlent que d’une partie de votre projet.</p>
          <AidList aids={close} under={under} />
        </>
      )}
      {helpers.length > 0 && (
        <>
          <h2>Qui peut vous aider à préparer le projet</h2>
          <p>Aucune aide ne parle de votre projet ; celles-ci accompagnent les projets du même thème.</p>
          <AidList aids={helpers} under={under} />
        </>
      )}
      {inPassing.length > 0 && (
        <details>
          <summary>{`${plural(inPassing.length, "aide")} qui n’en ${inPassing.length > 1 ? "parlent" : "parle"} qu’en passant`}</summary>
          <AidList aids={inPassing} under={under} />
        </details>
      )}
      {[aids, close, helpers, inPassing].some(({ length }) => length > 0) && (
        <p>
          <button type="submit">Voir ma sélection, pour l’imprimer ou l’envoyer</button>
        </p>
      )}
      {!asksPrefecture && missing}
      <Follow asked={asked} commune={commune} under={under} />
    </form>
  );
}

/** Says what the answer does not hold: the grants of the préfecture, and the territories without a source. */
function Missing({
  commune,
  coverage: { sources, absent, prefecture },
}: {
  readonly commune: Commune;
  readonly coverage: Coverage;
}): Child {
  return (
    <section>
      <h2>Ce que cette réponse ne contient pas</h2>
      <p>
        {prefecture === null ? (
          "La DETR, la DSIL et le FIPD se demandent à la préfecture."
        ) : (
          <>
            La DETR, la DSIL et le FIPD se demandent à la préfecture ; taux, catégories et dates y sont fixés chaque année :{" "}
            <a href={directoryOf(prefecture.name)}>{`trouver la préfecture (${prefecture.name})`}</a>.
          </>
        )}
        {absent.length > 0 &&
          ` Nous ne lisons aucune source propre à ${absent.length > 1 ? "ces territoires" : "ce territoire"} : ${absent.join(", ")}. Leurs aides peuvent manquer ici.`}
      </p>
      {sources.length > 0 && (
        <details>
          <summary>{`${plural(sources.length, "source lue", "sources lues")} pour ${commune.name}`}</summary>
          <ul>
            {sources.map(({ name, readOn }) => (
              <li>{`${name}, lue le ${dayInFrench(readOn)}`}</li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

/** Returns the address of the State's directory that searches the préfecture of a department. */
function directoryOf(department: string): string {
  return `https://lannuaire.service-public.fr/recherche?${new URLSearchParams({ whoWhat: "préfecture", where: department })}`;
}

function AidList({ aids, under }: { readonly aids: readonly FoundAid[]; readonly under: string }): Child {
  return aids.map((aid) => <FoundAidCard aid={aid} isChoosable={true} under={under} />);
}

function CommuneChoice({
  asked,
  communes,
  under,
}: {
  readonly asked: AskedSearch;
  readonly communes: readonly Commune[];
  readonly under: string;
}): Child {
  return (
    <>
      <h2>Quelle commune ?</h2>
      {communes.length === maxChoices && <p>{`Voici les ${maxChoices} premières. Si la vôtre n’y est pas, donnez son code postal.`}</p>}
      <ul>
        {communes.map((commune) => (
          <li>
            <a href={`${under}${searchPath}?${queryOf({ ...asked, place: exactName(commune) })}`}>{commune.part ?? commune.name}</a>
            {` (${[...(commune.part === null ? [] : [`dans la commune ${commune.name}`]), ...commune.around.slice(-2)].join(", ")})`}
          </li>
        ))}
      </ul>
    </>
  );
}

function Pages({ asked, count, under }: { readonly asked: AskedSearch; readonly count: number; readonly under: string }): Child {
  const last = Math.ceil(count / aidsPerPage);
  if (last <= 1) return null;
  const address = (page: number) => `${under}${searchPath}?${queryOf({ ...asked, page })}`;
  return (
    <nav aria-label="Pages" class="no-print">
      <p>
        {asked.page > 1 && <a href={address(asked.page - 1)}>Page précédente</a>}
        {` Page ${asked.page} sur ${last} `}
        {asked.page < last && <a href={address(asked.page + 1)}>Page suivante</a>}
      </p>
    </nav>
  );
}

/** Links that follow this search elsewhere. */
function Follow({ asked, commune, under }: { readonly asked: AskedSearch; readonly commune: Commune; readonly under: string }): Child {
  const query = new URLSearchParams({
    perimeter_codes: commune.code,
    organization_type_slugs: asked.audience,
    ...(asked.project !== "" && { keyword: asked.project }),
    ...queryOfClasses(asked.classes, "api"),
  });
  const ways = { atom: "Être averti des nouvelles aides (flux)", ics: "Dates de clôture dans mon agenda", csv: "Liste pour un tableur" };
  return (
    <section class="no-print">
      <h2>Suivre cette recherche</h2>
      <ul class="follow">
        {Object.entries(ways).map(([ending, title]) => (
          <li>
            <a href={`${under}/api/aids.${ending}?${query}`}>{title}</a>
          </li>
        ))}
      </ul>
    </section>
  );
}

function queryOf({ place, project, audience, classes, page }: AskedSearch): URLSearchParams {
  return new URLSearchParams({
    commune: place,
    ...(project !== "" && { projet: project }),
    ...(audience !== "commune" && { pour: audience }),
    ...queryOfClasses(classes),
    ...(page > 1 && { page: String(page) }),
  });
}

function plural(count: number, one: string, many = `${one}s`): string {
  return `${new Intl.NumberFormat("fr-FR").format(count)} ${count > 1 ? many : one}`;
}

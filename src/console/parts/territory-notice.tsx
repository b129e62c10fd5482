import type { Child } from "hono/jsx";
import { counted, french } from "../../french/typography.ts";
import { frenchMember } from "../../french/values.ts";
import type { Perimeter } from "../../model/territories/perimeter.ts";
import { territoriesAround } from "../../model/territories/perimeters.ts";
import type { Visit } from "../visit.ts";
import { Alert } from "./alert.tsx";
import { requestedTerritories } from "./territory-field.ts";

/** Maximum number of territories listed. */
const maxShown = 12;

/**
 * Explains the territory filter of a list. Renders the territory's name if the filter is a code, an alert if no territory matches, links to
 * each territory if several match, and nothing if the filter is a unique name. `name`: name of the filter.
 */
export function TerritoryNotice(given: { readonly asked: string; readonly name: string; readonly visit: Visit }): Child {
  const { asked: requested, name, visit } = given;
  const territories = requestedTerritories(requested);
  const [only, ...others] = territories;
  if (only !== undefined && others.length === 0)
    return requested.includes(":") ? <p>{french`Territoire : ${shownTerritory(only)}`}</p> : null;
  if (territories.length === 0) {
    return (
      <Alert
        kind="warning"
        text={french`Aucun territoire ne répond à « ${requested} ». Écrivez son nom (« Drôme »), le numéro du département (« 26 ») ou le code officiel de la commune.`}
      />
    );
  }
  const addressOf = (value: string) => {
    const query = new URLSearchParams(visit.query);
    query.set(name, value);
    query.delete("page");
    return `?${query}`;
  };
  return (
    <Alert kind="info">
      <p>{french`« ${requested} » désigne ${counted(territories.length, "territoire")} : la liste les réunit. Pour n'en voir qu'un :`}</p>
      <ul>
        {territories.slice(0, maxShown).map((territory) => (
          <li>
            <a href={addressOf(`${territory.scale}:${territory.code}`)}>{shownTerritory(territory)}</a>
          </li>
        ))}
        {territories.length > maxShown && <li>{`et ${counted(territories.length - maxShown, "autre")}`}</li>}
      </ul>
    </Alert>
  );
}

/** Returns the name of a territory. Communes share names, so the name of the department follows. */
function shownTerritory(territory: Perimeter): string {
  const name = frenchMember("perimeters", territory);
  const department = territory.scale === "commune" && territoriesAround(territory).find(({ scale }) => scale === "department");
  return department ? `${name}, ${department.name}` : name;
}

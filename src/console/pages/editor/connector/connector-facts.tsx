import type { Child } from "hono/jsx";
import { publisherKindLabels } from "../../../../french/publishers.ts";
import { french } from "../../../../french/typography.ts";
import { scaleNames } from "../../../../french/values.ts";
import type { Connector } from "../../../../kit/definition.ts";
import { findPerimeter } from "../../../../model/territories/perimeters.ts";
import { labelOf } from "../../../../model/vocabularies.ts";
import { shownAddress } from "../../../../platform/shown-address.ts";
import { Facts } from "../../../parts/facts.tsx";

/** The publisher, and the address and format of its feed. Shows names of settings, never their values. `givesKeys`: the visitor can set keys. */
export function ConnectorFacts(given: {
  readonly definition: Connector;
  readonly missing: readonly string[];
  readonly givesKeys?: boolean;
}): Child {
  const { definition, missing, givesKeys = false } = given;
  const { id, publisher, feed, decode } = definition;
  const territory = findPerimeter(publisher.territory)?.perimeter;
  const licence =
    publisher.licence === "unknown"
      ? french`Aucune n'est connue : ses aides ne sortent en données ouvertes que si une base de réutilisation est confirmée.`
      : labelOf("importShareLicence", publisher.licence);
  const facts = [
    { name: "Producteur", value: <Publisher publisher={publisher} /> },
    {
      name: "Territoire",
      value: territory === undefined ? publisher.territory.code : `${territory.name} (${scaleNames[territory.scale]})`,
    },
    { name: "Licence", value: `${licence}${publisher.agreement === undefined ? "" : ` (${publisher.agreement})`}` },
    { name: "Flux", value: feedOf(feed) },
    { name: "Format", value: decode.format.toUpperCase() },
  ];
  const keys = (
    <>
      {missing.join(", ")}
      {givesKeys && (
        <>
          {" "}
          (<a href={`/connecteurs/${id}/cles`}>clés de ce connecteur</a>)
        </>
      )}
    </>
  );
  return <Facts facts={missing.length === 0 ? facts : [...facts, { name: "Réglages à remplir", value: keys }]} />;
}

function Publisher({ publisher: { name, kind, website } }: Pick<Connector, "publisher">): Child {
  return (
    <>
      {name}, {publisherKindLabels[kind]}
      {website !== undefined && (
        <>
          {" "}
          (
          <a href={website} target="_blank" rel="noopener noreferrer" title={`${name}, site du producteur – nouvelle fenêtre`}>
            son site
          </a>
          )
        </>
      )}
    </>
  );
}

function feedOf({ url, urlFrom, dataset }: Connector["feed"]): string {
  if (url !== undefined) return shownAddress(url);
  if (dataset !== undefined) return french`Jeu de données « ${dataset.id} » (${dataset.format}) du portail ${shownAddress(dataset.api)}`;
  return french`Adresse gardée dans le réglage ${urlFrom}`;
}

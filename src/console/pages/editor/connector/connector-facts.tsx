import type { Child } from "hono/jsx";
import { publisherKindLabel } from "../../../../french/publishers.ts";
import { french } from "../../../../french/typography.ts";
import { scaleName } from "../../../../french/values.ts";
import type { Connector } from "../../../../kit/definition.ts";
import { findPerimeter } from "../../../../model/territories/perimeters.ts";
import { labelOf } from "../../../../model/vocabularies.ts";
import { shownAddress } from "../../../../platform/shown-address.ts";

/** The publisher, and the address and format of its feed. Shows names of settings, never their values. `givesKeys`: the visitor can set keys. */
export function ConnectorFacts(given: {
  readonly definition: Connector;
  readonly missing: readonly string[];
  readonly givesKeys?: boolean;
}): Child {
  const { definition, missing, givesKeys = false } = given;
  const { publisher, feed, decode, schedule: _, ...rest } = definition;
  const territory = findPerimeter(publisher.territory)?.perimeter;
  return (
    <dl class="moisson-facts">
      <dt>Producteur</dt>
      <dd>
        {publisher.name}, {publisherKindLabel(publisher.kind)}
        {publisher.website !== undefined && (
          <>
            {" "}
            (
            <a
              href={publisher.website}
              target="_blank"
              rel="noopener noreferrer"
              title={`${publisher.name}, site du producteur – nouvelle fenêtre`}
            >
              son site
            </a>
            )
          </>
        )}
      </dd>
      <dt>Territoire</dt>
      <dd>{territory === undefined ? publisher.territory.code : `${territory.name} (${scaleName(territory.scale)})`}</dd>
      <dt>Licence</dt>
      <dd>
        {publisher.licence === "unknown"
          ? french`Aucune n'est connue : ses aides ne sortent en données ouvertes que si une base de réutilisation est confirmée.`
          : labelOf("importShareLicence", publisher.licence)}
        {publisher.agreement !== undefined && ` (${publisher.agreement})`}
      </dd>
      <dt>Flux</dt>
      <dd>{feedOf(feed)}</dd>
      <dt>Format</dt>
      <dd>{decode.format.toUpperCase()}</dd>
      {missing.length > 0 && (
        <>
          <dt>Réglages à remplir</dt>
          <dd>
            {missing.join(", ")}
            {givesKeys && (
              <>
                {" "}
                (<a href={`/connecteurs/${rest.id}/cles`}>clés de ce connecteur</a>)
              </>
            )}
          </dd>
        </>
      )}
    </dl>
  );
}

function feedOf({ url, urlFrom, dataset }: Connector["feed"]): string {
  if (url !== undefined) return shownAddress(url);
  if (dataset !== undefined) return french`Jeu de données « ${dataset.id} » (${dataset.format}) du portail ${shownAddress(dataset.api)}`;
  return french`Adresse gardée dans le réglage ${urlFrom}`;
}

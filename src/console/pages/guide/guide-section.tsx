import type { Child } from "hono/jsx";
import { french } from "../../../french/typography.ts";
import { Table } from "../../parts/table.tsx";
import type { GuideSection } from "./guide-page.ts";

/** A section of the guide: what it says, then examples of how to write and how not. */
export function Section({ section }: { readonly section: GuideSection }): Child {
  const { title, says, list = [], examples = [], table, links = [] } = section;
  return (
    <section class="fr-mb-5w">
      <h2>{title}</h2>
      {says.map((text) => (
        <p>{text}</p>
      ))}
      {list.length > 0 && (
        <ul class="fr-mb-3w">
          {list.map((text) => (
            <li>{text}</li>
          ))}
        </ul>
      )}
      {examples.length > 0 && (
        <Table caption={french`${title} : à écrire, à éviter`} isCaptionHidden head={["À écrire", "À éviter", "Pourquoi"]}>
          {examples.map(({ good, bad, why }) => (
            <tr>
              <td>
                <span class="fr-icon-check-line moisson-good" aria-hidden="true" /> {good}
              </td>
              <td>
                <span class="fr-icon-close-line moisson-bad" aria-hidden="true" /> {bad}
              </td>
              <td>{why}</td>
            </tr>
          ))}
        </Table>
      )}
      {table !== undefined && (
        <Table caption={table.caption} isCaptionHidden head={table.head}>
          {table.rows.map(([first, ...others]) => (
            <tr>
              <th scope="row">{first}</th>
              {others.map((cell) => (
                <td>{cell}</td>
              ))}
            </tr>
          ))}
        </Table>
      )}
      {links.length > 0 && (
        <ul class="moisson-links">
          {links.map(({ label, href, isFile }) => (
            <li>
              <a class={`fr-link${isFile === true ? " fr-link--download" : ""}`} href={href}>
                {label}
              </a>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

import { escapeText } from "entities";
import type { ConnectorInput } from "../../src/kit/definition.ts";
import { aidesTerritoiresApi, rss, wordpressExport } from "../../src/kit/index.ts";
import {
  type Answer,
  type Asked,
  aid,
  jsonAnswer,
  jsonList,
  limits,
  type PlatformFeed,
  pageOf,
  pageSize,
  publisher,
  secret,
} from "./platforms-feed.ts";

/** Sites: WordPress, news feeds, Aides-territoires. */
export const sites: readonly PlatformFeed[] = [
  {
    name: "wordpressExport, `flat`",
    define: (at) => onWordpress("flat", `${at}/export.json`),
    answer: (_, count) => ({ body: jsonList(count, flatPost) }),
  },
  {
    name: "wordpressExport, `restApi`, `Link`",
    define: (at) => onWordpress("restApi", `${at}/wp-json/wp/v2/aides?per_page=${pageSize}&orderby=id&order=asc`),
    answer: ({ at, path, query }, count) => {
      const page = Number(query.get("page") ?? 1);
      const next = `<${at}${path}?per_page=${pageSize}&page=${page + 1}>; rel="next"`;
      const headers = { "x-wp-total": String(count), ...(page * pageSize < count ? { link: next } : {}) };
      return jsonAnswer(pageOf((page - 1) * pageSize, count, restPost), headers);
    },
  },
  {
    name: "rss",
    define: (at) => rss({ id: "bench-rss", publisher, format: "rss", feed: { url: `${at}/feed.xml`, ...limits } }),
    answer: (_, count) => ({ headers: { "content-type": "application/rss+xml" }, body: news(count) }),
  },
  {
    name: "aidesTerritoiresApi, pages by `next`, token exchanged",
    define: (at) =>
      aidesTerritoiresApi({
        id: "bench-api",
        servedBy: "site",
        publisher,
        token: { url: `${at}/connexion/`, keyFrom: secret.name },
        feed: { url: `${at}/aids/?itemsPerPage=${pageSize}`, ...limits },
      }),
    answer: api,
  },
];

function onWordpress(shape: "flat" | "restApi", url: string): ConnectorInput {
  return wordpressExport({ id: "bench-wordpress", publisher, shape, feed: { url, ...limits } });
}

function flatPost(index: number) {
  const { titre, texte } = aid(index);
  return { ID: index + 1, post_title: titre, post_content: texte, post_type: "aide", post_date: "2026-06-01 09:00:00" };
}

function restPost(index: number) {
  const { titre, texte, chapo, url } = aid(index);
  return {
    id: index + 1,
    date: "2026-03-01T09:00:00",
    modified: "2026-04-03T00:30:00",
    modified_gmt: "2026-04-02T22:30:00",
    slug: `aide-${index}`,
    status: "publish",
    type: "aide",
    link: url,
    title: { rendered: titre },
    content: { rendered: texte, protected: false },
    excerpt: { rendered: chapo, protected: false },
    class_list: ["post"],
    _links: { self: [{ href: url }] },
  };
}

function* news(count: number): Generator<string> {
  yield '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">';
  yield "<channel><title>Aides</title>";
  for (let index = 0; index < count; index++) yield newsItem(index);
  yield "</channel></rss>";
}

function newsItem(index: number): string {
  const { id, titre, chapo, texte, url } = aid(index);
  const head = `<title>${escapeText(titre)}</title><link>${escapeText(url)}</link><guid isPermaLink="false">${id}</guid><category>Eau</category>`;
  const text = `<description>${escapeText(chapo)}</description><content:encoded><![CDATA[${texte}]]></content:encoded>`;
  return `<item>${head}<pubDate>Sat, 21 Nov 2026 23:30:00 +0000</pubDate>${text}</item>\n`;
}

const token = "eyJ.bench";

/** Returns a page only if the request has the token. */
function api({ at, path, query, headers }: Asked, count: number): Answer {
  if (path === "/connexion/") return jsonAnswer(headers["x-auth-token"] === secret.value ? { token } : { message: "no key" });
  if (headers.authorization !== `Bearer ${token}`) return jsonAnswer({ code: 401, message: "no token" });
  const page = Number(query.get("page") ?? 1);
  const next = page * pageSize < count ? `${at}/aids/?itemsPerPage=${pageSize}&page=${page + 1}` : null;
  return jsonAnswer({ count, previous: null, next, results: pageOf((page - 1) * pageSize, count, apiAid) });
}

function apiAid(index: number) {
  const { titre, texte, contact, url, url_demande: applicationUrl } = aid(index);
  return {
    id: index + 1,
    slug: `aide-${index}`,
    name: titre,
    name_initial: titre,
    short_title: "",
    financers: ["Région Exemple"],
    instructors: [],
    programs: ["Fonds d'exemple"],
    description: texte,
    eligibility: "<p>Avoir un projet.</p>",
    perimeter: "Aude",
    perimeter_scale: "Département",
    mobilization_steps: ["Mise en œuvre / réalisation"],
    origin_url: url,
    application_url: applicationUrl,
    categories: ["Nature / environnement / Biodiversité"],
    is_call_for_project: false,
    is_charged: false,
    targeted_audiences: ["Commune", "Association"],
    aid_types: ["Subvention"],
    destinations: ["Dépenses d’investissement"],
    start_date: "2026-01-15",
    submission_deadline: "2026-12-01",
    subvention_rate_lower_bound: 10,
    subvention_rate_upper_bound: 40,
    contact,
    recurrence: "Ponctuelle",
    date_updated: "2026-06-01T08:00:00+02:00",
  };
}

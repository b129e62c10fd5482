import { type HtmlPage, selectInPage } from "../../kit/html-page.ts";
import { elementText } from "../../kit/pages/element-values.ts";
import { linkedAddress } from "../../kit/values/text/linked-address.ts";
import type { PageFeed } from "../../model/survey/page-feed.ts";

const maxFeeds = 6;
const maxTitleLength = 80;
const file = /\.(csv|xlsx?|ods|json|jsonl|geojson|xml|rss|atom)$/i;
const comments = /comment|commentaires/i;

/** Lists the feeds that a page names: RSS and Atom, WordPress, data.gouv.fr, Opendatasoft, OpenAPI, files. `url`: address of the page. */
export function findFeeds(page: HtmlPage, url: URL): PageFeed[] {
  const found = [...portalFeeds(url), ...linkedFeeds(page, url)];
  return [...new Map(found.map((feed) => [feed.address, feed])).values()].filter(({ address }) => address !== url.href).slice(0, maxFeeds);
}

/** Returns the data of a page of a portal, whose address says it. */
function portalFeeds(url: URL): PageFeed[] {
  const [, dataset] = /^\/explore\/dataset\/([\w-]+)/.exec(url.pathname) ?? [];
  if (dataset === undefined) return [];
  return [
    { kind: "openDataSoft", address: new URL(`/api/explore/v2.1/catalog/datasets/${dataset}/exports/json`, url).href, title: dataset },
  ];
}

function linkedFeeds(page: HtmlPage, url: URL): PageFeed[] {
  return selectInPage("link[href], a[href]", page).flatMap((element) => {
    const { name, attribs } = element;
    const address = linkedAddress(attribs.href ?? "", url);
    if (address === null || !/^https?:$/.test(address.protocol)) return [];
    const title = (name === "link" ? (attribs.title ?? "") : elementText(element)).slice(0, maxTitleLength);
    const kind = kindOf(name, attribs, address);
    if (kind === null || comments.test(`${address.pathname} ${title}`)) return [];
    if (kind === "openDataSoft") return portalFeeds(address);
    return [{ kind, address: kind === "wordpress" ? new URL("wp/v2/posts?per_page=100", address).href : address.href, title }];
  });
}

function kindOf(name: string, attribs: Readonly<Record<string, string>>, { hostname, pathname }: URL): PageFeed["kind"] | null {
  const { rel = "", type = "" } = attribs;
  if (name === "link") {
    if (rel === "https://api.w.org/") return "wordpress";
    return /alternate/i.test(rel) && /application\/(?:rss\+xml|atom\+xml|feed\+json)/i.test(type) ? "rss" : null;
  }
  if (hostname === "www.data.gouv.fr" && /^\/(?:fr\/)?datasets\/[\w-]+/.test(pathname)) return "dataGouv";
  if (hostname === "static.data.gouv.fr") return "file";
  if (/^\/explore\/dataset\/[\w-]+/.test(pathname)) return "openDataSoft";
  if (/(?:openapi|swagger)[\w.-]*\.(?:json|ya?ml)$/i.test(pathname)) return "openApi";
  const [, extension] = file.exec(pathname) ?? [];
  if (extension === undefined || /sitemap/i.test(pathname)) return null;
  return /rss|atom/i.test(extension) ? "rss" : "file";
}

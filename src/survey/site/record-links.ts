import { type HtmlPage, type PageElement, selectInPage } from "../../kit/html-page.ts";
import { elementText } from "../../kit/pages/element-values.ts";
import { linkedAddress } from "../../kit/values/text/linked-address.ts";

/** A link of a page that may lead to the page of an aid. */
export interface RecordLink {
  readonly element: PageElement;
  readonly url: URL;
  readonly text: string;
}

/** Maximum number of links examined. */
const maxLinks = 3_000;
const documents = /\.(?:pdf|docx?|odt|xlsx?|ods|pptx?|odp|zip|rtf|csv|json|xml|jpe?g|png|gif|svg|webp|mp[34]|ics)$/i;

/** Lists the links of a page to other pages of its site, in page order. `url`: address of the page. */
export function recordLinks(page: HtmlPage, url: URL): RecordLink[] {
  return selectInPage("a[href]", page)
    .slice(0, maxLinks)
    .flatMap((element) => {
      const address = linkedAddress(element.attribs.href ?? "", url);
      if (address === null || !/^https?:$/.test(address.protocol) || bareHost(address) !== bareHost(url)) return [];
      if (address.href === url.href || documents.test(address.pathname) || /^\s*#/.test(element.attribs.href ?? "")) return [];
      return [{ element, url: address, text: elementText(element) }];
    });
}

function bareHost({ host }: URL): string {
  return host.replace(/^www\./, "");
}

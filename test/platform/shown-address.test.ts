import { describe, expect, it } from "vitest";
import { shownAddress } from "../../src/platform/shown-address.ts";

describe("an address without secrets", () => {
  it.each([
    ["https://jean:s3cret@region.fr/flux.json", "https://region.fr/flux.json"],
    ["https://region.fr/f?apikey=s3cret&page=2", "https://region.fr/f?apikey=***&page=2"],
    ["https://region.fr/f?API_KEY=s3cret", "https://region.fr/f?API_KEY=***"],
    ["https://region.fr/f?access_token=s3cret&x=1", "https://region.fr/f?access_token=***&x=1"],
    ["https://region.fr/f?client%5Fsecret=s3cret", "https://region.fr/f?client%5Fsecret=***"],
    ["https://region.fr/f?passwd=s3cret&pass=s3cret&pwd=s3cret", "https://region.fr/f?passwd=***&pass=***&pwd=***"],
    ["https://region.fr/f?cle=s3cret&clef=s3cret&cle_api=s3cret", "https://region.fr/f?cle=***&clef=***&cle_api=***"],
    ["https://region.fr/f?jeton=s3cret&motdepasse=s3cret&mdp=s3cret", "https://region.fr/f?jeton=***&motdepasse=***&mdp=***"],
    ["https://region.fr/f?mot-cle=eau&article=3", "https://region.fr/f?mot-cle=eau&article=3"],
    ["https://blob.fr/f?sig=s3cret&X-Amz-Signature=s3cret", "https://blob.fr/f?sig=***&X-Amz-Signature=***"],
    [
      "https://region.fr/f?access=s3cret&k=s3cret&sas=s3cret&kind=eau&accessible=oui",
      "https://region.fr/f?access=***&k=***&sas=***&kind=eau&accessible=oui",
    ],
    ["https://region.fr/f#access_token=s3cret", "https://region.fr/f"],
    ["https://region.fr/f?keywords=eau&limit=20", "https://region.fr/f?keywords=eau&limit=20"],
    ["https://region.fr/f?a=100%&token=s3cret", "https://region.fr/f?a=100%&token=***"],
    ["not an address with s3cret", "(unreadable address)"],
  ])("%s", (address, shown) => {
    expect(shownAddress(address)).toBe(shown);
    expect(shownAddress(address)).not.toContain("s3cret");
  });
});

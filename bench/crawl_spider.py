"""The spider that the crawl bench lets Scrapy run: the same pages, the same fields, one JSON line a draft. Neither jail nor database."""
import scrapy


class Drafts(scrapy.Spider):
    name = "drafts"
    custom_settings = {"LOG_LEVEL": "ERROR", "ROBOTSTXT_OBEY": True, "CONCURRENT_REQUESTS_PER_DOMAIN": 1, "TELNETCONSOLE_ENABLED": False,
                       "USER_AGENT": "draftwatch bench"}

    def __init__(self, start, **words):
        super().__init__(**words)
        self.start_urls = [start]

    def parse(self, response):
        for link in response.css("ol.registry > li.registry__row h2 a::attr(href)").getall():
            yield response.follow(link, self.parse_card)
        following = response.css("nav.pages a[rel=next]::attr(href)").get()
        if following:
            yield response.follow(following, self.parse)

    def parse_card(self, response):
        def text(selector):
            return " ".join("".join(response.css(selector + " *::text, " + selector + "::text").getall()).split())

        yield {"url": response.url, "title": text("h1.draft__title"), "language": response.css("h1.draft__title::attr(lang)").get(),
               "number": text(".passport__number"), "kind": text(".passport__kind"), "authority": text(".passport__authority"),
               "stage": text(".passport__stage"), "published": text(".passport__posted"), "until": text(".passport__until"),
               "version": text(".passport__version"), "respond": text(".respond p"),
               "text": [" ".join("".join(p.css("*::text").getall()).split()) for p in response.css("section.law > *")],
               "papers": response.css(".papers a::attr(href)").getall()}
        for link in response.css(".papers a::attr(href)").getall():
            yield response.follow(link, self.keep_paper)

    def keep_paper(self, response):
        yield {"url": response.url, "bytes": len(response.body)}

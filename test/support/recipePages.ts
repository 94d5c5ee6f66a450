/** Pages with a recipe, as they are found on the web: each writes schema.org's Recipe in its own way. */
export const GRAPH = `<!doctype html><title>Blog</title><script type="application/ld+json">{
  "@context": "https://schema.org",
  "@graph": [
    { "@type": "WebPage", "name": "A blog" },
    { "@id": "https://a.example/#picture", "@type": "ImageObject", "url": "/img/mac.jpg" },
    {
      "@type": ["Recipe", "NewsArticle"],
      "name": "Mac &amp; Cheese",
      "image": { "@id": "https://a.example/#picture" },
      "recipeYield": ["4", "4 servings"],
      "totalTime": "PT45M",
      "keywords": "pasta, Quick, comfort food",
      "recipeCategory": ["Dinner"],
      "recipeIngredient": ["1&frac12; cups <b>macaroni</b>", "2-3 tbsp butter", " some   salt "],
      "recipeInstructions": [
        { "@type": "HowToSection", "name": "The sauce", "itemListElement": [
          { "@type": "HowToStep", "name": "Melt the butter…", "text": "Melt the butter slowly." },
          { "@type": "HowToStep", "text": "<p>Add flour.</p><p>Stir.</p>" }
        ] },
        { "@type": "HowToStep", "name": "Bake", "text": "At 180 &deg;C." }
      ]
    }
  ]
}</script>`;

export const ONE_TEXT = `<script type="application/ld+json">[[{
  "@type": "https://schema.org/Recipe",
  "name": "Pancakes",
  "image": ["https://cdn.example/pancakes.jpg", "https://cdn.example/other.jpg"],
  "recipeYield": 2,
  "recipeIngredient": "200 g flour\\n3 eggs",
  "recipeInstructions": "Whisk.\\n
Fry.",
  "keywords": [{ "@type": "DefinedTerm", "name": "sweet" }, "Sweet"]
}]]</script>`;

export const MICRODATA = `<body><div itemscope itemtype="http://schema.org/Recipe">
  <h1 itemprop="name">Onion soup &amp; bread</h1>
  <div itemprop="author" itemscope itemtype="http://schema.org/Person"><span itemprop="name">Julia</span></div>
  <img itemprop="image" src="../soup.jpg"> <meta itemprop="recipeYield" content="Serves 6">
  <ul><li itemprop="recipeIngredient">1 kg <b>onions</b>
      <li itemprop="recipeIngredient">a pinch of
        salt</ul>
  <div itemprop="recipeInstructions"><ol><li>Cut the onions.</li><li>Cook them.</ol></div>
  <a itemprop="constructor" href="/x">broken</a>`;

export const COOKIES = `<script type="application/ld+json">{ not json </script><script type="application/ld+json">
  {"@type": "Recipe", "name": "Cookies", "recipeYield": "24 cookies", "recipeIngredient": [null, 7, "${"x".repeat(201)}", "flour"]}
</script>`;

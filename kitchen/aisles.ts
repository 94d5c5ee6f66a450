/** The aisles of a shop in the order in which most are walked, and the ends of the names of what is there. */
export const AISLES: Readonly<Record<string, string>> = {
  "Fruit and veg":
    "apple, avocado, banana, aubergine, asparagus, basil, beetroot, berry, blueberry, raspberry, strawberry, broccoli, cabbage, carrot, carrot stick, cauliflower, celery, celeriac, chard, cherry, chilli, chive, coriander, cilantro, corn, courgette, zucchini, cucumber, dill, fennel, fig, fruit, garlic, ginger, grape, herb, kale, leek, lemon, lettuce, lime, mango, melon, mint, mushroom, nectarine, onion, orange, parsley, parsnip, peach, pear, pepper, pea, plum, pomegranate, potato, pumpkin, radish, rhubarb, rocket, rosemary, sage, salad, shallot, spinach, sprout, squash, swede, sweetcorn, thyme, tomato, turnip, watercress, apfel, äpfel, aprikose, beere, birne, blumenkohl, brokkoli, champignon, erdbeere, feige, fenchel, gemüse, gurke, himbeere, ingwer, karotte, kartoffel, kirsche, knoblauch, kohl, kohlrabi, koriander, kräuter, kürbis, lauch, limette, mandarine, minze, möhre, obst, petersilie, pfirsich, pflaume, pilz, porree, radieschen, rosmarin, rucola, salat, salbei, schalotte, schnittlauch, sellerie, spargel, spinat, thymian, tomate, traube, zitrone, zwiebel",
  Bakery:
    "bagel, baguette, bread, bun, brioche, ciabatta, croissant, focaccia, muffin, naan, pitta, pita, roll, sourdough, toast, tortilla, wrap, brot, brötchen, semmel",
  "Meat and fish":
    "bacon, beef, brisket, chicken, chicken thigh, chicken breast, chicken leg, chop, chorizo, cod, crab, duck, fillet, fish, gammon, ham, hake, herring, lamb, lardon, mackerel, meat, mince, minced beef, mussel, pork, prawn, salami, salmon, sausage, seafood, shrimp, steak, trout, tuna, turkey, veal, fisch, fleisch, forelle, garnele, hack, hähnchen, hähnchenbrust, huhn, kabeljau, lachs, lamm, pute, rind, schinken, schwein, speck, thunfisch, wurst, würstchen",
  "Dairy and eggs":
    "butter, buttermilk, brie, burrata, camembert, cheddar, cheese, cream, crème fraîche, feta, gouda, gruyère, halloumi, kefir, margarine, mascarpone, milk, mozzarella, parmesan, pecorino, quark, ricotta, skyr, tofu, yoghurt, yogurt, egg, ei, käse, joghurt, milch, rahm, sahne, schmand",
  "Tins and jars":
    "caper, chickpea, bean, butter bean, coconut milk, gherkin, chopped tomato, honey, jam, ketchup, marmalade, mayonnaise, mustard, olive, passata, peanut butter, pesto, pickle, tahini, tomato paste, tomato purée, tomato puree, tinned tomato, curry paste, bohne, honig, kaper, kichererbse, kokosmilch, konfitüre, marmelade, senf, tomatenmark",
  "Pasta, rice and grains":
    "barley, bulgur, couscous, granola, lentil, linguine, macaroni, muesli, noodle, oat, orzo, pasta, penne, polenta, porridge, quinoa, rice, spaghetti, tagliatelle, grieß, haferflocke, hirse, linse, müsli, nudel, reis",
  Baking:
    "almond, baking powder, baking soda, bicarbonate of soda, chocolate, cocoa, cornflour, date, flour, hazelnut, icing sugar, marzipan, nut, pecan, pistachio, raisin, seed, semolina, sugar, sultana, vanilla, vanilla extract, walnut, yeast, backpulver, hefe, kakao, mandel, mehl, natron, nuss, nüsse, rosine, schokolade, stärke, zucker",
  "Spices and oils":
    "allspice, bay leaf, bay leave, bouillon, cardamom, cayenne, chilli flake, chilli powder, cinnamon, clove, cumin, curry powder, dressing, garam masala, nutmeg, oil, oregano, paprika, black pepper, white pepper, ground pepper, saffron, salt, sauce, spice, stock, turmeric, vinegar, wasabi, brühe, currypulver, essig, gewürz, kardamom, kurkuma, kümmel, lorbeer, muskat, nelke, öl, pfeffer, salz, zimt",
  Drinks:
    "beer, cider, coffee, cola, juice, lemonade, tea, water, wine, bier, kaffee, limonade, saft, tee, wasser, wein",
  Frozen: "sorbet, ice cream, frozen pea, frozen berry, frozen spinach, eis",
  Household:
    "baking paper, bin bag, bleach, candle, detergent, foil, kitchen roll, napkin, shampoo, soap, sponge, toilet paper, toothpaste, washing powder, washing up liquid, backpapier, folie, küchenrolle, müllbeutel, seife, serviette, spülmittel, toilettenpapier, waschmittel, zahnpasta",
};

/** Where nothing is known of it. */
export const OTHER_AISLE = "Other";

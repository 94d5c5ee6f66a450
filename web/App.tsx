import type { AnyComponent } from "preact";
import { LocationProvider, Route, Router } from "preact-iso/router";
import { AppHeader } from "./components/AppHeader.tsx";
import { EditsBar } from "./components/EditsBar.tsx";
import { lazyPart } from "./components/lazyPart.tsx";
import { MainContent } from "./components/MainContent.tsx";
import { PageNotice } from "./components/PageNotice.tsx";
import { HomePage } from "./pages/HomePage.tsx";
import { HouseholdPage } from "./pages/HouseholdPage.tsx";
import { HouseholdsPage } from "./pages/HouseholdsPage.tsx";
import { LoginPage } from "./pages/LoginPage.tsx";
import { NewRecipePage } from "./pages/NewRecipePage.tsx";
import { NotFoundPage } from "./pages/NotFoundPage.tsx";
import { PlanPage } from "./pages/PlanPage.tsx";
import { RecipePage } from "./pages/RecipePage.tsx";
import { RecipesPage } from "./pages/RecipesPage.tsx";
import { SharedPlanPage } from "./pages/SharedPlanPage.tsx";

const InvitePage = lazyPart(async () => (await import("./pages/InvitePage.tsx")).InvitePage);
const RegisterPage = lazyPart(async () => (await import("./pages/RegisterPage.tsx")).RegisterPage);

const ROUTES: Readonly<Record<string, AnyComponent>> = {
  "/": HomePage,
  "/login": LoginPage,
  "/register": RegisterPage,
  "/recipes": RecipesPage,
  "/recipes/new": NewRecipePage,
  "/recipes/:id": RecipePage,
  "/households": HouseholdsPage,
  "/households/:id": HouseholdPage,
  "/plans/:id": PlanPage,
  "/invites": InvitePage,
  "/invites/:token": InvitePage,
  "/shared/:id": SharedPlanPage,
};

/** The page: which address shows what. */
export function App() {
  return (
    <LocationProvider>
      <AppHeader />
      <EditsBar />
      <MainContent>
        <Router>
          {[
            ...Object.entries(ROUTES).map(([path, component]) => (
              <Route key={path} path={path} component={component} />
            )),
            <Route key="default" default component={NotFoundPage} />,
          ]}
        </Router>
      </MainContent>
      <PageNotice />
    </LocationProvider>
  );
}

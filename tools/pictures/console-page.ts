import type { Page } from 'playwright-core';

/** What a person does on the console's page, and what they see there. */
export interface ConsolePage {
  readonly page: Page;
  readonly goTo: (pane: string) => Promise<void>;
  /** Fills an experiment's form in and presses its button. @returns what the page says of it. @throws {Error} when it says no. */
  readonly experiment: (name: string, fields?: Readonly<Record<string, string>>) => Promise<string>;
  /** Chooses what to do with dead letters of a consumer. @returns what the page says came of it. */
  readonly letterWork: (consumer: string, work: 'rehearse' | 'redrive') => Promise<string>;
  /** Types an order's id into the field at the top. Resolves when its events are there. */
  readonly findOrder: (key: string) => Promise<void>;
  /** The texts of one attribute of all elements that match. */
  readonly attributes: (selector: string, ...names: readonly string[]) => Promise<readonly string[]>;
  /** Who the matrix shows for each partition of a group. */
  readonly owners: (group: string) => Promise<readonly string[]>;
  /** The lag that the card of a group shows. */
  readonly lag: (group: string) => Promise<string>;
}

export function consolePage(page: Page, endpoint: string): ConsolePage {
  const goTo = async (pane: string): Promise<void> => {
    await page.goto(`${endpoint}/#/${pane}`);
    await page.locator('main > *').first().waitFor();
  };
  return {
    page,
    goTo,
    experiment: async (name, fields = {}) => {
      await goTo('experiments');
      const form = `[data-experiment=${name}]`;
      await fill(page, form, fields);
      await press(page, `${form} button`, `/api/experiments/${name}`);
      return await outcomeOf(page, form);
    },
    letterWork: async (consumer, work) => {
      await goTo(`failures/${consumer}`);
      const form = `[data-redrive=${consumer}]`;
      await press(page, `${form} button[value=${work}]`, `/api/failures/${consumer}/${work}`);
      return await outcomeOf(page, form);
    },
    findOrder: async (key) => {
      await page.getByRole('searchbox').fill(key);
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: `Order ${key}` }).waitFor();
      await page.locator('[data-event]').first().waitFor();
    },
    attributes: (selector, ...names) => attributesOf(page, selector, names),
    owners: (group) => page.locator(`[data-cell^="${group}/"] .owner`).allTextContents(),
    lag: (group) => page.locator(`[data-group="${group}"] dd`).first().innerText(),
  };
}

async function fill(page: Page, form: string, fields: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, value] of Object.entries(fields)) {
    const isChoice = (await page.locator(`${form} select[name=${name}]`).count()) > 0;
    if (isChoice) await page.locator(`${form} select[name=${name}]`).selectOption(value);
    else await page.locator(`${form} input[name=${name}]`).fill(value);
  }
}

/** Presses a button and waits for the server's answer, so that what the page says is of this press. */
async function press(page: Page, button: string, path: string): Promise<void> {
  const answered = page.waitForResponse(
    (response) => new URL(response.url()).pathname === path && response.request().method() === 'POST',
  );
  await page.locator(button).click();
  await (await answered).finished();
  await page.locator(`${button}:enabled`).waitFor();
}

async function outcomeOf(page: Page, form: string): Promise<string> {
  const text = await page.locator(`${form} .outcome`).innerText();
  if ((await page.locator(`${form} .outcome .bad`).count()) > 0) throw new Error(text);
  return text;
}

/** All at one moment: the page may be drawn again between two questions. */
function attributesOf(page: Page, selector: string, names: readonly string[]): Promise<readonly string[]> {
  const [found, wanted] = [JSON.stringify(selector), JSON.stringify(names)];
  return page.evaluate<string[]>(
    `[...document.querySelectorAll(${found})].map((element) => ${wanted}.map((name) => element.getAttribute(name)).join(' '))`,
  );
}

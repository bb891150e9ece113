import type { Role } from '../contract/domain/roles.ts'
import { DEMO_PRACTICES, type DemoPerson, type DemoPractice } from './people.ts'

export const STYLESHEET_PATH = '/people.css'

const ROLE_WORDS: Readonly<Record<Role, string>> = {
  clinician: 'Clinician',
  staff: 'Front desk',
  practice_admin: 'Practice administrator',
  it_admin: 'IT administrator',
  auditor: 'Auditor',
}

/** One button per person; pressing it signs in at once. Works without scripts. */
export function peoplePage(): string {
  return page(
    'Sign in to Loupe (demonstration)',
    `<p>These people are invented and have no passwords. Choose who you are.</p>
    <form method="post">
${DEMO_PRACTICES.map(practiceSection).join('\n')}
    </form>`,
  )
}

/** What happened, what is safe, what to do; never the request's own words. */
export function problemPage(): string {
  return page(
    'This sign-in cannot go on',
    '<p>It was started too long ago or in another window. Nothing was changed. Close this page and sign in again from Loupe.</p>',
  )
}

function practiceSection(practice: DemoPractice): string {
  const heading = `practice-${practice.id}`
  return `      <section aria-labelledby="${heading}">
        <h2 id="${heading}">${escapeHtml(practice.name)}</h2>
        <ul>
${practice.people.map(personButton).join('\n')}
        </ul>
      </section>`
}

function personButton(person: DemoPerson): string {
  const roles = person.roles.map((role) => ROLE_WORDS[role]).join(', ')
  return `          <li><button name="person" value="${escapeHtml(person.subject)}"><span>${escapeHtml(person.displayName)}</span> <small>${escapeHtml(roles)}</small></button></li>`
}

function page(heading: string, content: string): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${escapeHtml(heading)}</title>
    <link rel="icon" href="data:,">
    <link rel="stylesheet" href="${STYLESHEET_PATH}">
  </head>
  <body>
    <main>
    <h1>${escapeHtml(heading)}</h1>
    ${content}
    </main>
  </body>
</html>
`
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}

export const STYLESHEET = `
:root { color-scheme: dark; }
* { box-sizing: border-box; }
body { margin: 0; background: #1c1c1c; color: #ededed; font: 15px/1.5 Inter, system-ui, sans-serif; }
main { max-width: 720px; margin: 0 auto; padding: 48px 24px 64px; }
h1 { font-size: 24px; font-weight: 600; line-height: 1.25; margin: 0 0 8px; }
h2 { font-size: 13px; font-weight: 600; color: #b4b4b4; margin: 32px 0 8px; }
p { margin: 0; color: #c8c8c8; }
ul { list-style: none; margin: 0; padding: 0; display: grid; grid-template-columns: repeat(auto-fill, minmax(260px, 1fr)); gap: 8px; }
button { width: 100%; min-height: 56px; padding: 8px 16px; text-align: left; font: inherit; color: inherit; background: #262626; border: 1px solid #6f6f6f; border-radius: 4px; cursor: pointer; }
button span { display: block; font-weight: 500; }
button small { font-size: 13px; color: #c0c0c0; }
button:hover { background: #303030; border-color: #9a9a9a; }
button:focus-visible { outline: 2px solid #7db8ff; outline-offset: 2px; }
@media (forced-colors: active) { button { border-color: ButtonText; } }
`

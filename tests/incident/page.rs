//! The page, in a browser. `.ci/run` installs `chromium`, and says with `BROWSER_NEEDED` that there has to be one: `cargo test` alone is to
//! pass where nobody has installed anything.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use super::{Child, Folder};

const BROWSERS: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "chrome-headless-shell"];

fn browser() -> Option<&'static str> {
    let found = BROWSERS.into_iter().find(|browser| Command::new(browser).arg("--version").output().is_ok());
    assert!(found.is_some() || env::var_os("BROWSER_NEEDED").is_none(), "no browser: apt-get install chromium");
    found
}

/// Opens the page, and prints what became of it.
fn open(browser: &str, page: &Path, profile: &Path, dark: bool) -> Output {
    let mut command = Command::new(browser);
    command.args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"]);
    command.args(["--enable-logging=stderr", "--dump-dom", "--virtual-time-budget=2000", "--window-size=1400,1200"]);
    if dark {
        command.arg("--blink-settings=preferredColorScheme=0");
    }
    command.arg(format!("--user-data-dir={}", profile.display()));
    command.arg(format!("file://{}", page.display()));
    command.output().unwrap()
}

/// What the page said to the console.
fn console(output: &Output) -> Vec<String> {
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    said.lines().filter(|line| line.contains("CONSOLE")).map(str::to_owned).collect()
}

/// A page that shows ours as wide as it is told, and says what stands over its edge and what colour its ground has.
fn measured(page: &str, width: u32) -> String {
    let escaped = page.replace('&', "&amp;").replace('"', "&quot;");
    format!(
        "<!DOCTYPE html><meta charset=\"utf-8\"><iframe id=\"page\" style=\"width:{width}px;height:900px;border:0\" srcdoc=\"{escaped}\"></iframe>
        <pre id=\"measured\"></pre><script>
        document.getElementById('page').onload = event => {{
            const inner = event.target.contentDocument, wide = event.target.contentWindow.innerWidth;
            const over = [...inner.querySelectorAll('main *')].filter(element =>
                !element.closest('.scroll') && element.getBoundingClientRect().right > wide + 1);
            const small = [...inner.querySelectorAll('main *')].filter(element =>
                element.childNodes.length && element.textContent && parseFloat(getComputedStyle(element).fontSize) < 11);
            document.getElementById('measured').textContent = JSON.stringify([
                wide, over.length, inner.documentElement.scrollWidth > wide, small.length,
                inner.querySelectorAll('svg').length, inner.querySelectorAll('tbody tr').length,
                getComputedStyle(inner.body).backgroundColor]);
        }};
        </script>"
    )
}

fn dom(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn write(folder: &Folder, name: &str, text: &str) -> PathBuf {
    let path = folder.0.join(name);
    fs::write(&path, text).unwrap();
    path
}

#[test]
fn the_page_of_a_report_says_nothing_to_the_console_and_fits_narrow_and_wide_light_and_dark() {
    let Some(browser) = browser() else { return };
    let child = Child::run(&["registered", "40000", "1000009"]);
    let profile = Folder::new();
    let page = child.report().join("report.html");
    let text = fs::read_to_string(&page).unwrap();

    let opened = open(browser, &page, &profile.0, false);
    assert_eq!(console(&opened), [""; 0]);
    let shown = dom(&opened);
    let verdict = child.json()["verdict"].as_str().unwrap().to_owned();
    assert!(shown.contains(&format!("<h1>{verdict}</h1>")), "{shown}");
    for said in ["key player 1000009", "registered", "idle_pool", "Mapped files", "polyline", "polygon"] {
        assert_eq!(shown.contains(said), said != "registered", "{said}");
    }

    for (width, dark) in [(1280, false), (400, false), (400, true), (1280, true)] {
        let measured = write(&child.folder, &format!("measured-{width}-{dark}.html"), &measured(&text, width));
        let opened = open(browser, &measured, &profile.0, dark);
        assert_eq!(console(&opened), [""; 0], "{width} {dark}");
        let shown = dom(&opened);
        let found = shown.split("<pre id=\"measured\">").nth(1).and_then(|rest| rest.split("</pre>").next()).unwrap();
        let ground = if dark { "rgb(16, 19, 23)" } else { "rgb(246, 247, 249)" };
        let found: serde_json::Value = serde_json::from_str(found).unwrap();
        assert_eq!(
            (&found[0], &found[1], &found[2], &found[3], &found[6]),
            (&width.into(), &0.into(), &false.into(), &0.into(), &ground.into()),
            "{found}"
        );
        assert!(found[4].as_u64().unwrap() >= 3 && found[5].as_u64().unwrap() >= 2, "{found}");
    }
}

#[test]
fn an_error_in_a_page_would_be_seen() {
    let Some(browser) = browser() else { return };
    let folder = Folder::new();
    fs::create_dir(&folder.0).unwrap();
    let page = write(&folder, "broken.html", "<!DOCTYPE html><script>nothing.of(this)</script>");
    let said = console(&open(browser, &page, &folder.0.join("profile"), false));
    assert!(said.iter().any(|line| line.contains("ReferenceError")), "{said:?}");
}

package io.splitio.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.awaitility.core.ThrowingRunnable;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;

/** A real Chromium without a window. */
final class Browser implements AutoCloseable {
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");

  private final ChromeDriver driver;

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  /** Starts with an empty profile in the given directory. */
  static Browser start(Path profile) {
    ChromeOptions options = new ChromeOptions();
    options.setBinary(installed("chromium"));
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-dev-shm-usage",
        "--user-data-dir=" + profile);
    options.setCapability("goog:loggingPrefs", Map.of(LogType.BROWSER, "ALL"));
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(installed("chromedriver"))
            .usingAnyFreePort()
            .build();
    return new Browser(new ChromeDriver(service, options)).sized(1360, 950);
  }

  /** Sets the size of the page, as a phone's or a desktop's. */
  Browser sized(int width, int height) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
    return this;
  }

  /** Forgets who was shopping, the basket and what was open. */
  void forget() {
    driver.manage().deleteAllCookies();
    if (driver.getCurrentUrl().startsWith("http")) {
      ask("sessionStorage.clear()");
    }
  }

  /** Opens a page and waits until it is told about changes. */
  void open(URI page) {
    driver.get(page.toString());
    untilLive();
  }

  /** Waits until the page is told about changes. */
  void untilLive() {
    eventually(() -> assertThat(text("#live-text")).isEqualTo("live"));
  }

  /** Goes on as somebody else. */
  void shopAs(String id) {
    click("#shop-as-" + id);
    eventually(
        () -> assertThat(one("#shop-as-" + id).getDomAttribute("aria-pressed")).isEqualTo("true"));
    untilLive();
  }

  void click(String selector) {
    one(selector).click();
  }

  void type(String selector, String words) {
    one(selector).sendKeys(words);
  }

  WebElement one(String selector) {
    return driver.findElement(By.cssSelector(selector));
  }

  List<WebElement> all(String selector) {
    return driver.findElements(By.cssSelector(selector));
  }

  String text(String selector) {
    return one(selector).getText();
  }

  /** A computed style, such as a colour as the eye sees it. */
  String style(String selector, String property) {
    return one(selector).getCssValue(property);
  }

  /** What a script answers. */
  Object ask(String script) {
    return driver.executeScript(script);
  }

  /** Waits until something holds, at most ten seconds. */
  static void eventually(ThrowingRunnable check) {
    await().atMost(Duration.ofSeconds(10)).ignoreExceptions().untilAsserted(check);
  }

  /** Errors and warnings on the console since the last call. */
  List<String> complaints() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
        .map(LogEntry::toString)
        .toList();
  }

  /** Keeps a picture of the whole page. */
  void keep(String name) throws IOException {
    Map<String, Object> picture =
        driver.executeCdpCommand(
            "Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true));
    Files.createDirectories(SCREENSHOTS);
    Files.write(
        SCREENSHOTS.resolve(name + ".png"),
        Base64.getDecoder().decode((String) picture.get("data")));
  }

  @Override
  public void close() {
    driver.quit();
  }

  /** A missing browser is a failure: who asks for browser tests wants them to run. */
  private static File installed(String program) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .map(directory -> new File(directory, program))
        .filter(File::canExecute)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    program
                        + " is not on the PATH. Run .ci/install-browser on Debian, or leave out"
                        + " -Pbrowser."));
  }
}

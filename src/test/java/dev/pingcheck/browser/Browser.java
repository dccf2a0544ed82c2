package dev.pingcheck.browser;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;

/**
 * Debian's Chromium without a window, driven by Selenium through Debian's chromedriver: both are
 * named, so that Selenium looks for nothing and downloads nothing. It knows no name but localhost
 * and asks nobody but the loopback interface.
 */
public final class Browser implements AutoCloseable {
  private static final String CHROMIUM = "/usr/bin/chromium";
  private static final File CHROMEDRIVER = new File("/usr/bin/chromedriver");

  /** Generous: on a slow machine nothing may fail by patience alone. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Path folder;
  private final ChromeDriver driver;

  private Browser(Path folder) {
    this.folder = folder;
    driver = new ChromeDriver(service(folder), options(folder));
    Runtime.getRuntime().addShutdownHook(new Thread(driver::quit, "browser-end"));
  }

  /** Starts one of its own, with an empty profile. */
  public static Browser open() throws IOException {
    return new Browser(Files.createTempDirectory("pc-browser"));
  }

  /** All that it and Chromium write goes into the folder, and away at the end. */
  private static ChromeDriverService service(Path folder) {
    String home = folder.toString();
    return new ChromeDriverService.Builder()
        .usingDriverExecutable(CHROMEDRIVER)
        .usingAnyFreePort()
        .withTimeout(Duration.ofMinutes(2))
        .withEnvironment(Map.of("HOME", home, "TMPDIR", home))
        .withLogFile(folder.resolve("chromedriver.log").toFile())
        .build();
  }

  private static ChromeOptions options(Path folder) {
    return new ChromeOptions()
        .setBinary(CHROMIUM)
        .addArguments(
            "--headless=new",
            "--no-sandbox", // for root; what is shown is our own
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-first-run",
            "--no-proxy-server",
            "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost",
            "--window-size=1280,800",
            "--user-data-dir=" + folder.resolve("profile"));
  }

  /** Goes to an address. */
  public void go(String url) {
    driver.get(url);
  }

  /** Runs JavaScript that returns something. */
  public Object run(String script, Object... arguments) {
    return driver.executeScript(script, arguments);
  }

  /** The text of the first element that fits, as it is shown; empty if there is none. */
  public String text(String selector) {
    // In one step: what is found may be drawn anew before it is read.
    return (String) run("return document.querySelector(arguments[0])?.innerText ?? ''", selector);
  }

  /** How many elements fit. */
  public int count(String selector) {
    return driver.findElements(By.cssSelector(selector)).size();
  }

  /** Waits until a script returns true. */
  public void await(String what, String script, Object... arguments) {
    Awaitility.await(what)
        .atMost(PATIENCE)
        .until(() -> Boolean.TRUE.equals(run(script, arguments)));
  }

  /** Clicks the first element that fits, as with a mouse. */
  public void click(String selector) {
    driver.findElement(By.cssSelector(selector)).click();
  }

  /** Presses and releases keys, or types a text, wherever the focus is. */
  public void press(CharSequence... keys) {
    new Actions(driver).sendKeys(keys).perform();
  }

  /** Makes the window so large, in pixels. */
  public void size(int width, int height) {
    driver.manage().window().setSize(new Dimension(width, height));
  }

  /** Which colours the system is said to prefer: {@code light} or {@code dark}. */
  public void prefer(String scheme) {
    Map<String, String> feature = Map.of("name", "prefers-color-scheme", "value", scheme);
    driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", List.of(feature)));
  }

  /** A PNG of what is in view. */
  public byte[] picture() {
    return driver.getScreenshotAs(OutputType.BYTES);
  }

  /** What has been said to the console, or refused, about addresses that begin so. */
  public List<String> complaints(String url) {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .map(LogEntry::getMessage)
        .filter(complaint -> complaint.contains(url))
        .toList();
  }

  @Override
  public void close() throws IOException {
    List<ProcessHandle> all = processes();
    driver.quit();
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(each -> each.onExit().join());
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** Chromium's, which may go on writing into the folder for a moment. */
  private List<ProcessHandle> processes() {
    return ProcessHandle.current()
        .descendants()
        .filter(each -> each.info().commandLine().orElse("").contains(folder.toString()))
        .toList();
  }
}

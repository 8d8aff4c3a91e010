package io.ipam.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.Ipam;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The HTML page of the quickstart in a headless Chromium, which {@code -Dipam.chromium=FILE} names.
 * A second page measures it in a frame, because the page itself runs no script.
 */
@Tag("browser")
class BrowserTest {
    private static final Path CLUSTER = Path.of("src/test/resources/report");

    /** Writes the measures of the framed page into the document, which Chromium prints. */
    private static final String MEASURE = """
            <!DOCTYPE html><meta charset="utf-8"><body style="margin:0">
            <iframe src="report.html" style="border:0;width:%dpx;height:800px"></iframe><pre></pre>
            <script>onload = () => {
              const page = frames[0].document, width = page.documentElement.clientWidth;
              const right = element => element.getBoundingClientRect().right;
              const svgs = [...page.querySelectorAll('svg')];
              document.querySelector('pre').textContent = JSON.stringify({
                scroll: page.documentElement.scrollWidth - width,
                maps: svgs.filter(svg => right(svg) > 0 && right(svg) <= width && svg.clientHeight > 20).length,
                cut: svgs.filter(svg => [...svg.querySelectorAll('text')]
                  .some(text => right(text) > right(svg) + 1)).length,
                scripts: page.querySelectorAll('script, img, iframe, link').length,
                ran: 'hacked' in frames[0] || 'hacked' in window,
                background: frames[0].getComputedStyle(page.body).backgroundColor});
            }</script>
            """;

    @TempDir
    Path folder;

    private String chromium(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("ipam.chromium", "chromium"),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--hide-scrollbars",
                "--allow-file-access-from-files",
                "--user-data-dir=" + folder.resolve("profile")));
        command.addAll(List.of(arguments));
        Path out = folder.resolve("out");
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
        if (!process.waitFor(2, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError("Chromium does not end");
        }
        assertEquals(0, process.exitValue(), Files.readString(folder.resolve("err")));
        return Files.readString(out);
    }

    /** The measures of {@code report.html} at a width. */
    private String measure(int width, String... options) throws Exception {
        Path page = Files.writeString(folder.resolve("measure.html"), MEASURE.formatted(width));
        List<String> arguments = new ArrayList<>(List.of(options));
        arguments.addAll(
                List.of("--window-size=1400,900", "--dump-dom", page.toUri().toString()));
        Matcher measures = Pattern.compile("<pre>(.*?)</pre>").matcher(chromium(arguments.toArray(String[]::new)));
        assertTrue(measures.find());
        return measures.group(1);
    }

    private Path report() {
        Path file = folder.resolve("report.html");
        Quickstart.run(
                ManifestReader.directory(CLUSTER, new Mistakes()),
                new Mistakes(),
                Options.parse("--report=" + file),
                new PrintStream(new ByteArrayOutputStream(), true, UTF_8));
        return file;
    }

    @ParameterizedTest
    @ValueSource(ints = {360, 700, 1200})
    void report_anyWidth_fitsWithoutScrolling(int width) throws Exception {
        report();
        assertEquals(
                "{\"scroll\":0,\"maps\":4,\"cut\":0,\"scripts\":0,\"ran\":false,\"background\":\"rgb(255, 255, 255)\"}",
                measure(width));
    }

    @Test
    void report_darkColorScheme_isDark() throws Exception {
        report();
        assertTrue(measure(700, "--blink-settings=preferredColorScheme=0").contains("\"rgb(20, 23, 28)\""));
    }

    /** Long names without spaces, markup, and the longest addresses. */
    @Test
    void report_hostileNames_runNothingAndFit() throws Exception {
        String name = "<script>hacked=1</script><img src=x onerror='hacked=1'>\u202e" + "n".repeat(200);
        Pool pool = Pool.builder(name, "::/0")
                .ips("::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")
                .build();
        Pool sparse = Pool.builder("sparse", "10.0.0.0/8")
                .ips("10.0.0.0", "10.255.255.255")
                .build();
        Refusal refusal = new Refusal(name, name, name, List.of(name), Optional.of(name), List.of(name));
        Ipam ipam = Ipam.of(PoolCatalog.of(pool, sparse));
        Files.writeString(folder.resolve("report.html"), new ReportPage(ipam, 1, List.of(refusal)).html());
        assertEquals(
                "{\"scroll\":0,\"maps\":2,\"cut\":0,\"scripts\":0,\"ran\":false,\"background\":\"rgb(255, 255, 255)\"}",
                measure(360));
    }

    /** Writes {@code target/report.png}, of which docs/images has a copy. */
    @Test
    void report_screenshot_isWritten() throws Exception {
        Path picture = Path.of("target/report.png").toAbsolutePath();
        Files.deleteIfExists(picture);
        Files.createDirectories(picture.getParent());
        chromium(
                "--screenshot=" + picture,
                "--window-size=1200,1500",
                report().toUri().toString());
        assertTrue(Files.size(picture) > 50_000);
    }
}

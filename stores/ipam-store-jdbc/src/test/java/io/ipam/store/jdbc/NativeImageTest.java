package io.ipam.store.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The resources that native images of GraalVM must contain. */
class NativeImageTest {

    private static final Path RESOURCES = Path.of("src/main/resources");

    @Test
    void metadata_everySqlFile_isIncluded() throws IOException {
        Pattern included = Pattern.compile(new ObjectMapper()
                .readTree(RESOURCES
                        .resolve("META-INF/native-image/io.ipam/ipam-store-jdbc/resource-config.json")
                        .toFile())
                .at("/resources/includes/0/pattern")
                .asText());
        try (Stream<Path> files = Files.walk(RESOURCES.resolve("io"))) {
            List<String> names = files.filter(Files::isRegularFile)
                    .map(file -> RESOURCES.relativize(file).toString().replace('\\', '/'))
                    .toList();
            assertTrue(names.contains("io/ipam/store/jdbc/h2.sql"), names::toString);
            assertEquals(
                    List.of(),
                    names.stream()
                            .filter(name -> !included.matcher(name).matches())
                            .toList());
        }
    }
}

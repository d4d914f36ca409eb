package dev.bench.image;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DockerfileTest {
    @Test
    void tellsTheLineThatAnInstructionBeginsAt() {
        Dockerfile dockerfile = Dockerfile.parse("""
                # a comment
                ARG BASE=debian
                FROM $BASE

                RUN make \\
                    # within
                    all
                COPY . .
                """);
        assertEquals(
                List.of(
                        new Dockerfile.Instruction(2, "ARG", "ARG BASE=debian"),
                        new Dockerfile.Instruction(3, "FROM", "FROM $BASE"),
                        new Dockerfile.Instruction(5, "RUN", "RUN make all"),
                        new Dockerfile.Instruction(8, "COPY", "COPY . .")),
                dockerfile.instructions());
    }

    @Test
    void aHereDocumentIsPartOfItsInstruction() {
        Dockerfile dockerfile = Dockerfile.parse("FROM a\nRUN <<END\nFROM b\nEND\nCOPY . .\n");
        assertEquals(
                List.of(1, 2, 5),
                dockerfile.instructions().stream()
                        .map(Dockerfile.Instruction::line)
                        .toList());
    }

    @Test
    void takesFilesOfImagesAndNotOfItsOwnStages() {
        Dockerfile dockerfile = Dockerfile.parse("""
                FROM golang:1 AS Build
                RUN --mount=type=bind,from=tools:2,target=/t --mount=type=cache,target=/c make
                FROM scratch
                COPY --from=build /a /a
                COPY --from=0 /b /b
                COPY --chmod=755 --from=nginx:3 /c /c
                COPY --from=$UNKNOWN /d /d
                """);
        assertEquals(List.of("golang:1", "tools:2", "nginx:3"), dockerfile.images(Map.of()));
        assertEquals(List.of("golang:1"), dockerfile.bases(Map.of()));
    }

    @Test
    void readsWhatOtherEditorsWrite() {
        assertEquals(
                List.of("a"), Dockerfile.parse("\u00ef\u00bb\u00bfFROM a\r\n").bases(Map.of()));
        assertEquals(List.of("a"), Dockerfile.parse("FROM \"a\"").bases(Map.of()));
        String either = "ARG SLIM\nFROM a${SLIM:+-slim}${SLIM:-:full}";
        assertEquals(List.of("a:full"), Dockerfile.parse(either).bases(Map.of()));
        assertEquals(List.of("a-slimyes"), Dockerfile.parse(either).bases(Map.of("SLIM", "yes")));
    }

    @Test
    void buildsOnImagesAndNotOnItsOwnStages() {
        Dockerfile dockerfile = Dockerfile.parse("""
                ARG BASE=debian:bookworm
                ARG VERSION
                FROM --platform=linux/amd64 ${BASE} AS build
                FROM build AS test
                FROM node:${VERSION:-20}
                FROM scratch
                """);
        assertEquals(List.of("debian:bookworm", "node:20"), dockerfile.bases(Map.of()));
        assertEquals(List.of("mine:1", "node:22"), dockerfile.bases(Map.of("BASE", "mine:1", "VERSION", "22")));
    }
}

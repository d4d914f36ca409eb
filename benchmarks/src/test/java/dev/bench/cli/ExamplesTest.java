package dev.bench.cli;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.scenario.ScenarioException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.codehaus.groovy.ast.ASTNode;
import org.codehaus.groovy.ast.builder.AstBuilder;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.stmt.BlockStatement;
import org.codehaus.groovy.ast.stmt.ExpressionStatement;
import org.codehaus.groovy.ast.stmt.Statement;
import org.codehaus.groovy.control.CompilePhase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Holds the examples for continuous integration against the command line as it is. */
final class ExamplesTest {
    private static final Path GITHUB = Path.of("..", ".github");
    /** A call of the launcher, up to what the shell takes for itself. */
    private static final Pattern CALL = Pattern.compile("(?:\\./|/)bench\"? +([^|;&\\n]+)");
    /** Options that a script collects before the call. */
    private static final String COLLECTED = "\"${options[@]}\"";

    static Stream<String> files() {
        return Stream.of(
                "actions/bench/action.yml",
                "workflows/gate.yml",
                "workflows/site.yml",
                "examples/gitlab-ci.yml",
                "examples/Jenkinsfile");
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyCommandParses(String file) throws IOException {
        for (String call : calls(file)) {
            List<String> words = words(call);
            assertDoesNotThrow(
                    () -> Main.root(words).parseArgs(words.toArray(String[]::new)), file + ": bench " + call);
        }
    }

    @Test
    void theCommandsAreFound() throws IOException {
        assertEquals(
                List.of("--version", "run", "prune", "publish"),
                calls("workflows/site.yml").stream()
                        .map(call -> words(call).get(0))
                        .toList());
        assertEquals(2, calls("actions/bench/action.yml").size());
        assertEquals(5, calls("examples/gitlab-ci.yml").size());
        assertEquals(2, calls("examples/Jenkinsfile").size());
    }

    @Test
    void jenkinsGetsOneDeclarativePipeline() throws IOException {
        String source = Files.readString(GITHUB.resolve("examples/Jenkinsfile"));

        List<ASTNode> script = new AstBuilder().buildFromString(CompilePhase.CONVERSION, source);

        List<Statement> statements = ((BlockStatement) script.get(0)).getStatements();
        assertEquals(1, statements.size());
        MethodCallExpression call = (MethodCallExpression) ((ExpressionStatement) statements.get(0)).getExpression();
        assertEquals("pipeline", call.getMethodAsString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"actions/bench/action.yml", "workflows/gate.yml", "workflows/site.yml"})
    void whatGithubRunsNamesItsActionsByVersion(String file) throws IOException {
        List<String> used = new ArrayList<>();
        collect(yaml(file), "uses", used);

        assertFalse(used.isEmpty());
        for (String action : used) {
            assertTrue(action.matches("actions/[a-z-]+@v[0-9]+") || action.equals("./.github/actions/bench"), action);
        }
    }

    @Test
    void theGateGivesTheActionInputsThatItHas() throws IOException {
        Map<?, ?> inputs = (Map<?, ?>) ((Map<?, ?>) yaml("actions/bench/action.yml")).get("inputs");
        List<String> scenarios = new ArrayList<>();
        collect(yaml("workflows/gate.yml"), "scenario", scenarios);
        List<String> baselines = new ArrayList<>();
        collect(yaml("workflows/gate.yml"), "baseline", baselines);

        assertTrue(inputs.containsKey("scenario") && inputs.containsKey("baseline"));
        assertEquals(1, baselines.size());
        assertTrue(Files.isRegularFile(GITHUB.resolveSibling(scenarios.get(0))), scenarios.toString());
    }

    @Test
    void theScenarioOfTheExamplesIsOne() throws ScenarioException {
        assertEquals(
                "service",
                PlanCommand.plan(
                                GITHUB.resolve("examples/service/gate.yaml"),
                                new PlanArguments().overrides(),
                                new GateArguments())
                        .plan()
                        .name());
    }

    private static List<String> calls(String file) throws IOException {
        List<String> scripts = new ArrayList<>();
        if (file.endsWith(".yml")) {
            Object content = yaml(file);
            for (String key : List.of("run", "before_script", "script", "after_script")) {
                collect(content, key, scripts);
            }
        } else {
            scripts.add(Files.readString(GITHUB.resolve(file)).replace("\\\\\n", "\\\n"));
        }
        List<String> calls = new ArrayList<>();
        for (String script : scripts) {
            Matcher call =
                    CALL.matcher(script.replaceAll("(?m)^ *(?:#|//).*$", "").replaceAll("\\\\\n *", ""));
            while (call.find()) {
                calls.add(call.group(1).strip());
            }
        }
        return calls;
    }

    /** Splits a call as a shell would, as far as the examples need it; a variable stays what it is called. */
    private static List<String> words(String call) {
        return Stream.of(call.replace(COLLECTED, "")
                        .replaceAll("['\"]", "")
                        .strip()
                        .split(" +"))
                .toList();
    }

    private static Object yaml(String file) throws IOException {
        return new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(GITHUB.resolve(file)));
    }

    /** Collects the texts that stand at a key, at any depth. */
    private static void collect(Object content, String key, List<String> found) {
        if (content instanceof Map<?, ?> map) {
            map.forEach((name, value) -> {
                if (key.equals(name)) {
                    (value instanceof List<?> list ? list : List.of(value))
                            .forEach(text -> found.addAll(text instanceof String line ? List.of(line) : List.of()));
                }
                collect(value, key, found);
            });
        } else if (content instanceof List<?> list) {
            list.forEach(entry -> collect(entry, key, found));
        }
    }
}

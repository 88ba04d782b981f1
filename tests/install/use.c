#include <stdio.h>
#include <tidemark/tidemark.h>

int main(void)
{
    return printf("%s\n", tdm_version()) < 0;
}
